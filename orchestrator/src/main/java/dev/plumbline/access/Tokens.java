package dev.plumbline.access;

import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody's tokens: the owner's, which stands in the home, and those that were made since. The front door of this package, and the
 * only writer of its table. A token is 256 random bits, so a plain hash of it can't be guessed back.
 */
public final class Tokens implements TokenCheck {
    /** Who holds the home's own token. */
    public static final String OWNER = "owner";

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    /** Lets people and programs that search for leaked secrets know one when they see it. */
    private static final String PREFIX = "plumbline_";

    private static final int RANDOM_BYTES = 32;
    /** The last use is noted so seldom, since a request should not cost a write. */
    private static final Duration NOTED_EVERY = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;
    private final Predicate<String> ownersToken;

    /** @param ownersToken whether that is the token in the home, whose holder may do everything */
    public Tokens(Database database, Clock clock, SecureRandom random, Predicate<String> ownersToken) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.ownersToken = ownersToken;
    }

    @Override
    public TokenVerdict check(String token) {
        if (ownersToken.test(token)) {
            return new TokenVerdict.Held(new Principal(OWNER, Role.ADMIN));
        }
        String hash = hash(token);
        Optional<Token> found = database.read(handle -> handle.createQuery("SELECT * FROM token WHERE hash = :hash")
                .bind("hash", hash)
                .map(this::row)
                .findOne());
        TokenVerdict verdict = found.map(Token::verdict).orElseGet(TokenVerdict.Unknown::new);
        if (verdict instanceof TokenVerdict.Held) {
            noteUse(hash, found.orElseThrow());
        }
        return verdict;
    }

    private void noteUse(String hash, Token token) {
        Instant now = clock.instant();
        Instant noted = token.lastUsedAt();
        if (noted != null && Duration.between(noted, now).compareTo(NOTED_EVERY) < 0) {
            return;
        }
        try {
            database.change(transaction -> transaction
                    .handle()
                    .execute("UPDATE token SET last_used_at = ? WHERE hash = ?", now.toEpochMilli(), hash));
        } catch (RuntimeException e) {
            // With a full disk people must still be let in to look.
            LOG.warn("the use of the token {} could not be noted: {}", token.name(), e.toString());
        }
    }

    /** All of them, newest first. */
    public List<Token> all() {
        return database.read(handle -> handle.createQuery("SELECT * FROM token ORDER BY id DESC")
                .map(this::row)
                .list());
    }

    /** Makes one, and records who did. */
    public TokenCreation create(TokenRequest request, Principal by) {
        Optional<TokenCreation.Refused> fault = request.fault(clock.instant());
        if (fault.isPresent()) {
            return fault.get();
        }
        return database.write(transaction -> {
            Optional<Token> namesake = holding(transaction.handle(), request.name());
            if (namesake.isPresent() && namesake.get().state() == Token.State.LIVE) {
                return new TokenCreation.Refused(
                        "There is a live token " + namesake.get().name() + " already.",
                        "Take another name, or revoke that one first: plumbline token revoke "
                                + namesake.get().name() + ".");
            }
            // The name of one that has expired is free again.
            namesake.ifPresent(expired -> takeBack(transaction, expired.name()));
            return insert(transaction, request, by);
        });
    }

    private TokenCreation insert(Transaction transaction, TokenRequest request, Principal by) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Role role = Role.of(request.role()).orElseThrow();
        Instant expires = Optional.ofNullable(request.expires())
                .flatMap(text -> Expiry.parse(text, transaction.now()))
                .orElse(null);
        Token made =
                new Token(request.name(), role, Token.State.LIVE, transaction.now(), by.name(), expires, null, null);
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO token (id, hash, name, role, created_at, created_by, expires_at)
                        VALUES (:id, :hash, :name, :role, :now, :by, :expires)
                        """)
                .bind("id", transaction.next("token"))
                .bind("hash", hash(secret))
                .bind("name", made.name())
                .bind("role", role.word())
                .bind("now", made.createdAt().toEpochMilli())
                .bind("by", by.name())
                .bind("expires", expires == null ? null : expires.toEpochMilli())
                .execute();
        transaction.record(
                by.name(),
                "token",
                made.name(),
                "created with the role " + role.word() + (expires == null ? "" : ", until " + expires));
        return new TokenCreation.Created(made, secret);
    }

    /**
     * Takes one back at once, and records who did.
     *
     * @return the token as it is from now on; empty where no token of that name is live or expired
     */
    public Optional<Token> revoke(String name, Principal by) {
        return database.write(transaction -> {
            Optional<Token> found = holding(transaction.handle(), name);
            found.ifPresent(token -> {
                takeBack(transaction, token.name());
                transaction.record(by.name(), "token", token.name(), "revoked");
            });
            return found.map(token -> revokedNow(token, transaction.now()));
        });
    }

    private static Token revokedNow(Token token, Instant now) {
        return new Token(
                token.name(),
                token.role(),
                Token.State.at(now, token.expiresAt(), now),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                now,
                token.lastUsedAt());
    }

    private static void takeBack(Transaction transaction, String name) {
        transaction
                .handle()
                .execute(
                        "UPDATE token SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL",
                        transaction.now().toEpochMilli(),
                        name);
    }

    /** The one token that has a name: live, or expired and not revoked. */
    private Optional<Token> holding(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM token WHERE LOWER(name) = LOWER(:name) AND revoked_at IS NULL")
                .bind("name", name)
                .map(this::row)
                .findOne();
    }

    private Token row(ResultSet row, StatementContext context) throws SQLException {
        Instant expires = instant(row, "expires_at");
        Instant revoked = instant(row, "revoked_at");
        return new Token(
                row.getString("name"),
                Role.of(row.getString("role")).orElseThrow(),
                Token.State.at(clock.instant(), expires, revoked),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"),
                expires,
                revoked,
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
