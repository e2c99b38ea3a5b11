package dev.plumbline.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.store.Database;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pull requests a movement of main merged, as the forge says. */
class MergedPullsTest {
    private static final String FORGE = "{ name: work, kind: gitea, url: \"https://git.example\", token: t }";
    private static final Remote REMOTE = Spoken.remote(FORGE, ForgeGround.REPOSITORY);

    @TempDir
    private Path folder;

    private Database database;
    private PullBook book;
    private Mirrors mirrors;
    private Mirror mirror;
    private CommitSha before;
    private CommitSha brought;
    private CommitSha after;

    @BeforeEach
    void start() {
        database = Database.open(folder.resolve("plumbline.db"), Clock.systemUTC());
        book = new PullBook(database);
        mirrors = new Mirrors(folder.resolve("mirrors"));
        mirror = mirrors.openOrCreate(REMOTE.repository());
        GitClient git = GitClient.init(folder.resolve("work"));
        before = git.write("a.tf", "one\n").commit("First");
        brought = git.write("a.tf", "two\n").commit("Second");
        after = git.write("a.tf", "three\n").commit("Third");
        git.sendTo(mirror);
    }

    @AfterEach
    void stop() {
        mirrors.close();
        database.close();
    }

    private static PullDetail merged(long number, String base, CommitSha head, CommitSha as) {
        PullRequest pull = new PullRequest(
                number, "b" + number, false, head, base, "", "ada", "", false, List.of(), Instant.EPOCH);
        return new PullDetail(pull, false, Optional.empty(), Optional.of("bob"), Optional.of(as));
    }

    /** Heads that are not here can't be had. */
    private Optional<Trouble> follow(Object answer) {
        Forge git = (Forge) Proxy.newProxyInstance(
                Forge.class.getClassLoader(), new Class<?>[] {Forge.class}, (forge, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("fetchFork");
                    return Optional.of(new Trouble(Trouble.Kind.GONE, "no such ref"));
                });
        return new MergedPulls(book, database)
                .follow(REMOTE, Answering.with(Map.of("merged", answer)), git, mirror, "main", before, after);
    }

    private Optional<PullBook.Entry> found(long number) {
        return book.find(REMOTE.repository(), number);
    }

    @Test
    void one_is_known_by_the_commit_that_it_became_though_nobody_saw_it_open() {
        assertThat(follow(List.of(merged(7, "main", brought, brought)))).isEmpty();

        PullBook.Entry entry = found(7).orElseThrow();
        assertThat(entry.open()).isFalse();
        assertThat(entry.mergedAs()).isEqualTo(brought);
        assertThat(entry.mergedBy()).isEqualTo("bob");
        List<PullBook.Entry> unseen =
                database.read(handle -> book.mergedWithoutChange(handle, REMOTE.repository(), "main"));
        assertThat(unseen).containsExactly(entry);
    }

    @Test
    void what_went_elsewhere_was_merged_before_or_has_a_head_that_can_not_be_had_is_none_of_them() {
        CommitSha nowhere = new CommitSha("1".repeat(40));

        assertThat(follow(List.of(
                        merged(1, "develop", brought, brought),
                        merged(2, "main", before, before),
                        merged(3, "main", nowhere, after))))
                .isEmpty();

        assertThat(List.of(1L, 2L, 3L)).allMatch(number -> found(number).isEmpty());
    }

    @Test
    void a_forge_that_will_not_say_holds_no_movement_up_and_one_that_may_say_later_does() {
        assertThat(follow(new Answer.Failed<>(new Trouble(Trouble.Kind.REFUSED, "no list"))))
                .isEmpty();
        assertThat(follow(new Answer.Failed<>(new Trouble(Trouble.Kind.UNREACHABLE, "no answer"))))
                .isPresent();
    }
}
