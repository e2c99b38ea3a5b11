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
        database.change(transaction ->
                book.seen(transaction, REMOTE.repository(), new OpenPulls.Listed(open, List.of()), new Deaf()));
    }

    private Answer<OpenPulls.Listed> listed(Map<String, Object> answers) {
        return new OpenPulls(book).of(REMOTE, Answering.with(answers), true);
    }

    private List<PullRequest> open(Map<String, Object> answers) {
        return given(listed(answers)).open();
    }

    private static PullDetail detail(long number, boolean open) {
        Optional<CommitSha> merged = Optional.of(new CommitSha("1".repeat(40))).filter(commit -> !open);
        return new PullDetail(pull(number), open, Optional.empty(), merged.map(commit -> "bob"), merged);
    }

    @Test
    void of_those_that_are_gone_it_is_asked_what_became_of_them() {
        seen(pulls(1, 3));

        OpenPulls.Listed listed = given(listed(Map.of("open", pulls(2, 3), "find", Optional.of(detail(1, false)))));
        database.change(transaction -> book.seen(transaction, REMOTE.repository(), listed, new Deaf()));

        assertThat(listed.open()).isEqualTo(pulls(2, 3));
        assertThat(listed.ended()).containsExactly(detail(1, false));
        PullBook.Entry ended = book.find(REMOTE.repository(), 1).orElseThrow();
        assertThat(ended.open()).isFalse();
        assertThat(ended.mergedBy()).isEqualTo("bob");
        assertThat(ended.mergedAs()).isEqualTo(new CommitSha("1".repeat(40)));
    }

    @Test
    void what_the_forge_no_longer_knows_is_not_open() {
        seen(pulls(1, 3));

        OpenPulls.Listed listed = given(listed(Map.of("open", pulls(2, 3), "find", Optional.empty())));

        assertThat(listed).isEqualTo(new OpenPulls.Listed(pulls(2, 3), List.of()));
    }

    @Test
    void what_slipped_from_page_to_page_while_they_were_read_is_asked_for_by_itself() {
        seen(pulls(1, 60));
        List<PullRequest> listed = pulls(1, 60);
        listed.remove(50);

        assertThat(open(Map.of("open", listed, "find", Optional.of(detail(51, true)))))
                .hasSize(60);
        assertThat(open(Map.of("open", listed, "find", Optional.of(detail(51, false)))))
                .hasSize(59);
    }

    @Test
    void what_a_forge_can_not_tell_of_is_waited_for_and_in_the_end_stays_as_it_was() {
        seen(pulls(1, 3));
        Map<String, Object> answers = Map.of(
                "open", pulls(2, 4), "find", new Answer.Failed<>(new Trouble(Trouble.Kind.UNREACHABLE, "no answer")));

        assertThat(trouble(listed(answers)).sentence()).isEqualTo("no answer");
        assertThat(given(new OpenPulls(book).of(REMOTE, Answering.with(answers), false))
                        .open())
                .containsExactlyInAnyOrderElementsOf(pulls(1, 4));
    }

    @Test
    void what_stood_on_two_pages_is_there_once() {
        List<PullRequest> listed = pulls(1, 60);
        listed.add(pull(50));

        assertThat(open(Map.of("open", listed))).isEqualTo(pulls(1, 60));
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
