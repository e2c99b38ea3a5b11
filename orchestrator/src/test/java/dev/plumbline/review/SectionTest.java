package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SectionTest {

    /** Letters that can be cut anywhere. */
    private record Letters(char letter, int length) implements Section {
        @Override
        public String within(int longest) {
            return String.valueOf(letter).repeat(Math.min(length, longest));
        }
    }

    @Test
    void what_fits_stands_there_whole_and_without_closing_words() {
        assertThat(all(10, new Letters('a', 4), new Letters('b', 6))).isEqualTo("aaaabbbbbb");
    }

    @Test
    void a_long_one_gets_the_room_that_short_ones_leave() {
        String text = all(10_000, new Letters('a', 90_000), new Letters('b', 2_000));

        assertThat(text)
                .hasSizeBetween(9_900, 10_000)
                .endsWith("b".repeat(2_000))
                .doesNotContain("more");
    }

    @Test
    void long_ones_share_the_room() {
        String text = all(10_000, new Letters('a', 90_000), new Letters('b', 50_000));

        assertThat(text.chars().filter(letter -> letter == 'a').count())
                .isEqualTo(text.chars().filter(letter -> letter == 'b').count())
                .isGreaterThan(4_900);
    }

    @Test
    void where_nothing_useful_would_be_left_of_each_the_last_ones_are_only_counted() {
        List<Section> many = IntStream.range(0, 40)
                .<Section>mapToObj(each -> new Letters('a', 3_000))
                .toList();

        String text = Section.all(many, 10_000, more -> " and " + more + " more");

        assertThat(text).hasSizeLessThanOrEqualTo(10_000).endsWith(" and 31 more");
    }

    @Test
    void an_error_is_cut_between_lines_and_its_fence_is_closed() {
        String error = String.join("\n", Collections.nCopies(500, "Error: no such thing"));

        String text = new Section.Failure("failed", error).within(2_000);

        assertThat(text).hasSizeLessThanOrEqualTo(2_000).contains("Error: no such thing\n…\n```\n");
    }

    private static String all(int longest, Section... sections) {
        return Section.all(List.of(sections), longest, more -> " and " + more + " more");
    }
}
