package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.run.Counts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommentPartsTest {

    @Test
    void of_many_former_heads_the_last_ten_are_told_and_the_others_counted() {
        String text = PreviousPlans.text(IntStream.range(0, 13)
                .mapToObj(each -> new FormerHeads.Former(
                        new CommitSha("%040x".formatted(each)), Instant.parse("2026-03-01T10:00:00Z"), "1 to add"))
                .toList());

        assertThat(text)
                .startsWith("<details><summary>Previous plans: 13</summary>\n")
                .contains("- <code>00000000</code> at 2026-03-01 10:00 UTC: 1 to add\n", "- … and 3 before\n");
        assertThat(text.lines().filter(line -> line.startsWith("- <code>"))).hasSize(10);
        assertThat(PreviousPlans.text(List.of())).isEmpty();
    }

    @Test
    void a_table_that_finds_no_room_is_cut_between_rows() {
        List<StackTable.Row> rows = IntStream.range(0, 100)
                .mapToObj(each -> new StackTable.Row(
                        "stacks/s" + each,
                        "planned",
                        Optional.of(new Counts(1, 0, 0, 1)),
                        Optional.of(Duration.ofMillis(1_240)),
                        "new stack"))
                .toList();

        String text = new StackTable(rows).within(1_000);

        assertThat(text)
                .hasSizeLessThan(1_100)
                .contains("| <code>stacks/s0</code> | planned | 2 | 0 | **1** | 1.2 s | new stack |\n")
                .containsPattern("\\| … and \\d+ more \\| \\| \\| \\| \\| \\| \\|\n");
        assertThat(text.strip().lines()).allMatch(line -> line.startsWith("|") && line.endsWith("|"));
    }

    @Test
    void times_are_told_as_people_say_them() {
        assertThat(StackTable.words(Duration.ofMillis(40))).isEqualTo("0.0 s");
        assertThat(StackTable.words(Duration.ofMillis(9_940))).isEqualTo("9.9 s");
        assertThat(StackTable.words(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(StackTable.words(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
    }

    @Test
    void without_an_address_of_the_server_nothing_is_linked() {
        assertThat(new PageLinks(Optional.empty()).change(3)).isEmpty();
        assertThat(new PageLinks(Optional.of(URI.create("https://plumbline.example.com/"))).change(3))
                .contains("https://plumbline.example.com/changes/3");
    }
}
