package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FittingTest {

    @Test
    void what_fits_stands_there_whole_and_without_closing_words() {
        assertThat(Fitting.joined("head\n", List.of("a\n", "b\n"), 9, more -> more + " more"))
                .isEqualTo("head\na\nb\n");
    }

    @Test
    void what_finds_no_room_is_counted_and_a_smaller_part_behind_it_still_fits() {
        assertThat(Fitting.joined("", List.of("aa", "too long for it", "bb", "c"), 5, more -> " and " + more + " more"))
                .isEqualTo("aabbc and 1 more");
    }
}
