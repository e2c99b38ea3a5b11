package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenPullsTest {
    private static final String FORGE = "{ name: work, kind: gitea, url: \"https://git.example\", token: t }";
    private static final Remote REMOTE = Spoken.remote(FORGE, ForgeGround.REPOSITORY);

    @TempDir
    private Path folder;

    private Database database;
    private PullBook book;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("plumbline.db"), Clock.systemUTC());
        book = new PullBook(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static PullRequest pull(long number) {
        CommitSha head = new CommitSha("0".repeat(40));
        return new PullRequest(
                number, "b" + number, false, head, "main", "", "ada", "", false, List.of(), Instant.EPOCH);
    }

    private static List<PullRequest> pulls(long first, long last) {
        return new ArrayList<>(LongStream.rangeClosed(first, last)
                .mapToObj(OpenPullsTest::pull)
                .toList());
    }

    private void seen(List<PullRequest> open) {
        database.change(transaction -> book.seen(transaction, REMOTE.repository(), open, new Deaf()));
    }

    private Answer<List<PullRequest>> open(Map<String, Object> answers) {
        return new OpenPulls(book).of(REMOTE, Answering.with(answers));
    }

    private static Optional<PullDetail> detail(boolean open) {
        return Optional.of(new PullDetail(pull(51), open, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void what_one_answer_holds_is_the_truth() {
        seen(pulls(1, 3));

        assertThat(given(open(Map.of("open", pulls(2, 3))))).isEqualTo(pulls(2, 3));
    }

    @Test
    void what_slipped_from_page_to_page_while_they_were_read_is_asked_for_by_itself() {
        seen(pulls(1, 60));
        List<PullRequest> listed = pulls(1, 60);
        listed.remove(50);

        assertThat(given(open(Map.of("open", listed, "find", detail(true))))).hasSize(60);
        assertThat(given(open(Map.of("open", listed, "find", detail(false))))).hasSize(59);
        assertThat(trouble(open(Map.of(
                                "open",
                                listed,
                                "find",
                                new Answer.Failed<>(new Trouble(Trouble.Kind.UNREACHABLE, "no answer")))))
                        .sentence())
                .isEqualTo("no answer");
    }

    @Test
    void what_stood_on_two_pages_is_there_once() {
        List<PullRequest> listed = pulls(1, 60);
        listed.add(pull(50));

        assertThat(given(open(Map.of("open", listed)))).isEqualTo(pulls(1, 60));
    }

    private static final class Deaf implements PullListener {
        @Override
        public void opened(Transaction transaction, PullBook.Entry now) {}

        @Override
        public void changed(Transaction transaction, PullBook.Entry before, PullRequest now) {}

        @Override
        public void looked(Transaction transaction, String repository) {}
    }
}
