package dev.plumbline.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.HandClock;
import dev.plumbline.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens on a real database: what they open, until when, and what is left of them. */
class TokensTest {
    private static final String OWNERS = "the-owners-own-token-0123456789";
    private static final Principal OWNER = new Principal(Tokens.OWNER, Role.ADMIN);

    @TempDir
    private Path folder;

    private final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
    private Database database;
    private Tokens tokens;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("plumbline.db"), clock);
        tokens = new Tokens(database, clock, new SecureRandom(), OWNERS::equals);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String created(String name, String role, @Nullable String expires) {
        TokenCreation made = tokens.create(new TokenRequest(name, role, expires), OWNER);
        assertThat(made).isInstanceOf(TokenCreation.Created.class);
        return ((TokenCreation.Created) made).secret();
    }

    private TokenCreation.Refused refused(String name, String role, @Nullable String expires) {
        TokenCreation made = tokens.create(new TokenRequest(name, role, expires), OWNER);
        assertThat(made).isInstanceOf(TokenCreation.Refused.class);
        return (TokenCreation.Refused) made;
    }

    private List<String> history() {
        return database.read(handle -> handle.createQuery(
                        "SELECT actor || ' ' || kind || ' ' || subject || ': ' || text FROM history ORDER BY seq")
                .mapTo(String.class)
                .list());
    }

    @Test
    void a_token_names_its_holder_and_the_owners_stands_for_the_owner() {
        String secret = created("ada", "push", null);

        assertThat(tokens.check(secret)).isEqualTo(new TokenVerdict.Held(new Principal("ada", Role.PUSH)));
        assertThat(tokens.check(OWNERS)).isEqualTo(new TokenVerdict.Held(OWNER));
        assertThat(tokens.check("ada")).isInstanceOf(TokenVerdict.Unknown.class);
        assertThat(tokens.check("")).isInstanceOf(TokenVerdict.Unknown.class);
    }

    @Test
    void the_database_keeps_no_token_that_could_be_used() throws Exception {
        String secret = created("ada", "push", null);
        tokens.check(secret);
        database.close();

        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret, secret.substring("plumbline_".length()));
            }
        }
        assertThat(secret).matches("plumbline_[A-Za-z0-9_-]{43}");
    }

    @Test
    void an_expired_token_says_when_and_asks_for_a_new_one() {
        String secret = created("ci", "push", "30d");
        clock.pass(Duration.ofDays(30).minusMillis(1));
        assertThat(tokens.check(secret)).isInstanceOf(TokenVerdict.Held.class);

        clock.pass(Duration.ofMillis(1));
        TokenVerdict.TurnedAway verdict = (TokenVerdict.TurnedAway) tokens.check(secret);

        assertThat(verdict.error()).isEqualTo("The token ci expired at 2026-12-25T10:00:00Z.");
        assertThat(verdict.next()).contains("plumbline token create ci --role push");
        assertThat(tokens.all().get(0).state()).isEqualTo(Token.State.EXPIRED);
    }

    @Test
    void a_token_ends_at_a_whole_second() {
        clock.pass(Duration.ofNanos(884_588_826));

        created("ci", "push", "30d");

        assertThat(history()).containsExactly("owner token ci: created with the role push, until 2026-12-25T10:00:00Z");
    }

    @Test
    void a_revoked_token_says_so_at_once_and_history_tells_who_did_it() {
        String secret = created("ada", "approve", "2027-01-31");
        Principal grace = new Principal("grace", Role.ADMIN);

        assertThat(tokens.revoke("ADA", grace).orElseThrow().state()).isEqualTo(Token.State.REVOKED);

        TokenVerdict.TurnedAway verdict = (TokenVerdict.TurnedAway) tokens.check(secret);
        assertThat(verdict.error()).isEqualTo("The token ada was revoked at 2026-11-25T10:00:00Z.");
        assertThat(tokens.revoke("ada", grace)).as("a second time").isEmpty();
        assertThat(tokens.revoke("nobody", grace)).isEmpty();
        assertThat(history())
                .containsExactly(
                        "owner token ada: created with the role approve, until 2027-02-01T00:00:00Z",
                        "grace token ada: revoked");
    }

    @Test
    void a_name_has_one_live_token_and_is_free_again_once_that_is_revoked_or_expired() {
        String first = created("ada", "push", null);
        assertThat(refused("Ada", "read", null).error()).isEqualTo("There is a live token ada already.");

        tokens.revoke("ada", OWNER);
        String second = created("ada", "read", "1h");
        clock.pass(Duration.ofHours(2));
        String third = created("ada", "admin", null);

        assertThat(tokens.check(first)).isInstanceOf(TokenVerdict.Revoked.class);
        assertThat(tokens.check(second)).isInstanceOf(TokenVerdict.Expired.class);
        assertThat(tokens.check(third)).isEqualTo(new TokenVerdict.Held(new Principal("ada", Role.ADMIN)));
        assertThat(tokens.all())
                .extracting(Token::state)
                .containsExactly(Token.State.LIVE, Token.State.EXPIRED, Token.State.REVOKED);
    }

    @Test
    void of_two_who_ask_for_one_name_at_once_one_gets_it() {
        List<TokenCreation> made = new ArrayList<>();
        Stream.of(1, 2, 3, 4)
                .parallel()
                .map(number -> tokens.create(new TokenRequest("ada", "push", null), OWNER))
                .forEachOrdered(made::add);

        assertThat(made).filteredOn(TokenCreation.Created.class::isInstance).hasSize(1);
    }

    @Test
    void the_last_use_is_noted_once_an_hour_not_at_each_request() {
        String secret = created("ada", "push", null);
        assertThat(tokens.all().get(0).lastUsedAt()).isNull();

        tokens.check(secret);
        Instant first = clock.instant();
        clock.pass(Duration.ofMinutes(59));
        tokens.check(secret);
        assertThat(tokens.all().get(0).lastUsedAt()).isEqualTo(first);

        clock.pass(Duration.ofMinutes(1));
        tokens.check(secret);
        assertThat(tokens.all().get(0).lastUsedAt()).isEqualTo(clock.instant());
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "'', push, , can't be a token's name",
        "'a b', push, , can't be a token's name",
        "'../x', push, , can't be a token's name",
        "owner, push, , stands for the server's owner",
        "Plumbline, push, , stands for the server's own work",
        "ada, root, , 'root' is not a role",
        "ada, '', , '' is not a role",
        "ada, push, tomorrow, is no time to expire",
        "ada, push, 0d, is no time to expire",
        "ada, push, -3d, is no time to expire",
        "ada, push, 2027-02-30, is no time to expire",
        "ada, push, 2026-11-24, is over already",
    })
    void what_cannot_be_made_is_refused_with_a_reason(
            String name, String role, @Nullable String expires, String reason) {
        TokenCreation.Refused refused = refused(name, role, expires);

        assertThat(refused.error()).contains(reason);
        assertThat(refused.next()).isNotBlank();
        assertThat(history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada@example.com", "ci.main-2", "A+b_c"})
    void names_of_people_and_programs_will_do(String name) {
        assertThat(tokens.check(created(name, "read", "2026-11-25"))).isInstanceOf(TokenVerdict.Held.class);
    }
}
