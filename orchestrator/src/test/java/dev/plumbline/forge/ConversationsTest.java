package dev.plumbline.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {
    private static final String FORGE = "{ name: work, kind: gitea, url: \"https://git.example\", token: t }";
    private static final Remote REMOTE = Spoken.remote(FORGE, ForgeGround.REPOSITORY);

    @TempDir
    private Path folder;

    private final List<Long> heard = new ArrayList<>();
    private final Instant begun = Instant.now();
    private Database database;
    private Conversations conversations;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("plumbline.db"), Clock.systemUTC());
        conversations = new Conversations(
                database, (transaction, remote, comments) -> comments.forEach(comment -> heard.add(comment.id())));
        database.change(transaction -> conversations.begin(transaction, REMOTE));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private PullComment comment(long id, long second) {
        return new PullComment(id, 1, "ada", false, false, "plumbline plan", begun.plusSeconds(second));
    }

    private void follows(PullComment... comments) {
        assertThat(conversations.follow(REMOTE, Answering.with(Map.of("comments", List.of(comments)))))
                .isEmpty();
    }

    @Test
    void what_was_said_before_it_began_is_for_nobody() {
        follows(comment(1, -5), comment(2, 5));

        assertThat(heard).containsExactly(2L);
    }

    @Test
    void what_is_said_is_heard_once() {
        follows(comment(1, 5), comment(2, 100));
        follows(comment(1, 5), comment(2, 100), comment(3, 100), comment(4, 300));
        follows(comment(3, 100), comment(4, 300));

        assertThat(heard).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void what_is_shown_later_than_something_that_was_said_after_it_is_heard_all_the_same() {
        follows(comment(2, 100));
        follows(comment(1, 99), comment(2, 100));

        assertThat(heard).containsExactly(2L, 1L);
    }

    @Test
    void what_was_edited_long_after_it_was_said_is_not_said_again() {
        follows(comment(1, 5), comment(2, 500));
        follows(comment(1, 5), comment(2, 500));

        assertThat(heard).containsExactly(1L, 2L);
    }
}
