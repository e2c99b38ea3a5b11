package dev.plumbline.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PidRangeTest {

    @Test
    void what_was_started_since_lies_between_the_first_pid_and_the_last_one_given_out() {
        assertThat(PidRange.between(100, 200).test(100)).isTrue();
        assertThat(PidRange.between(100, 200).test(200)).isTrue();
        assertThat(PidRange.between(100, 200).test(99)).isFalse();
        assertThat(PidRange.between(100, 200).test(201)).isFalse();
    }

    @Test
    void pids_that_began_anew_at_the_end_of_their_round_are_in_it() {
        assertThat(PidRange.between(32_000, 300).test(32_500)).isTrue();
        assertThat(PidRange.between(32_000, 300).test(2)).isTrue();
        assertThat(PidRange.between(32_000, 300).test(301)).isFalse();
    }

    @Test
    void a_process_and_what_is_started_after_it_are_in_its_range() throws IOException {
        Process first = new ProcessBuilder("sleep", "60").start();
        try {
            PidRange range = PidRange.from(first.pid());
            Process second = new ProcessBuilder("sleep", "60").start();
            try {
                assertThat(range.now().test(first.pid())).isTrue();
                assertThat(range.now().test(second.pid())).isTrue();
            } finally {
                second.destroyForcibly();
            }
        } finally {
            first.destroyForcibly();
        }
    }
}
