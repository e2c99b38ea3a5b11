package dev.plumbline.forge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is remembered of a forge's answers, within its room. */
class KnownRepliesTest {
    private static final Reply REPLY = new Reply(
            200,
            JsonMapper.shared().nullNode(),
            "",
            HttpHeaders.of(Map.of("ETag", List.of("1")), (name, value) -> true));

    private final KnownReplies known = new KnownReplies(100);

    @Test
    void what_was_asked_for_longest_ago_makes_room() {
        known.keep("/a", REPLY, 40);
        known.keep("/b", REPLY, 40);
        assertThat(known.of("/a")).isPresent();
        known.keep("/c", REPLY, 40);

        assertThat(known.of("/a")).isPresent();
        assertThat(known.of("/b")).isEmpty();
        assertThat(known.of("/c")).isPresent();
    }

    @Test
    void an_answer_takes_its_room_once_however_often_it_is_given() {
        known.keep("/a", REPLY, 40);
        for (int i = 0; i < 10; i++) {
            known.keep("/b", REPLY, 60);
        }

        assertThat(known.of("/a")).isPresent();
    }

    @Test
    void one_that_is_too_long_is_not_kept() {
        known.keep("/a", REPLY, 101);

        assertThat(known.of("/a")).isEmpty();
    }

    @Test
    void of_a_question_that_names_a_time_only_the_last_is_kept() {
        known.keep("/comments?since=2026-03-01T12:00:00Z&page=1", REPLY, 1);
        known.keep("/comments?since=2026-03-01T12:00:00Z&page=2", REPLY, 1);
        known.keep("/comments?since=2026-03-01T13:00:00Z&page=1", REPLY, 1);

        assertThat(known.of("/comments?since=2026-03-01T12:00:00Z&page=1")).isEmpty();
        assertThat(known.of("/comments?since=2026-03-01T12:00:00Z&page=2")).isPresent();
        assertThat(known.of("/comments?since=2026-03-01T13:00:00Z&page=1")).isPresent();
    }
}
