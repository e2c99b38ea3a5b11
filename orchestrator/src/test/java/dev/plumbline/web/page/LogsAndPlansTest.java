package dev.plumbline.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.web.InMemoryOperations;
import dev.plumbline.web.Views;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pages make of texts: plans by resource, applies by step, stacks in columns. */
class LogsAndPlansTest {

    @Test
    void what_destroys_or_replaces_comes_first_and_unfolded() {
        PlanText plan = PlanText.of("""
                stacks/a: 2 to add

                  # a.one will be created
                  + resource "a" "one" {
                    }

                  # a.two will be created
                  + resource "a" "two" {
                      + text = <<-EOT
                            # not a heading

                            # either
                        EOT
                    }

                  # a.three will be updated in-place
                  ~ resource "a" "three" {

                  # a.four must be replaced
                -/+ resource "a" "four" {

                  # a.five will be destroyed
                  - resource "a" "five" {
                """);

        assertThat(plan.opening()).containsExactly("stacks/a: 2 to add");
        assertThat(plan.blocks().stream().map(PlanText.Block::title))
                .containsExactly(
                        "a.five will be destroyed",
                        "a.four must be replaced",
                        "a.three will be updated in-place",
                        "a.one will be created",
                        "a.two will be created");
        assertThat(plan.blocks().stream().map(PlanText.Block::open)).containsExactly(true, true, false, false, false);
    }

    @Test
    void a_sentence_at_the_end_of_a_plan_is_read_before_its_resources() {
        PlanText plan = PlanText.of("""
                stacks/a: Plan: 1 to add, 0 to change, 0 to destroy.

                  # terraform_data.it will be created
                  + resource "terraform_data" "it" {
                    }

                Changes to outputs:
                  + value = "x"

                stacks/a has no state yet: everything in it would be created.
                """);

        assertThat(plan.opening())
                .containsExactly(
                        "stacks/a: Plan: 1 to add, 0 to change, 0 to destroy.",
                        "stacks/a has no state yet: everything in it would be created.");
        assertThat(plan.blocks())
                .extracting(PlanText.Block::title)
                .containsExactly("terraform_data.it will be created", "Changes to outputs:");
    }

    @Test
    void an_apply_is_told_resource_by_resource() {
        ResourceProgress progress = ResourceProgress.of(
                "a.one: Creating...\na.two: Creating...\na.one: Creation complete after 0s\na.two: Creation errored\n",
                new Views.Counts(2, 0, 0, 0));

        assertThat(progress.done()).isEqualTo(1);
        assertThat(progress.total()).isEqualTo(2);
        assertThat(progress.steps().stream().map(ResourceProgress.Step::state)).containsExactly("applied", "failed");
    }

    @Test
    void all_of_a_long_apply_is_counted_wherever_its_log_is_cut_into_pieces() {
        StringBuilder log = new StringBuilder();
        for (int number = 0; number < 5000; number++) {
            log.append("terraform_data.it[" + number + "]: Creating...\n");
        }
        for (int number = 0; number < 4999; number++) {
            log.append("terraform_data.it[" + number + "]: Creation complete after 0s\n");
        }
        log.append("terraform_data.it[4999]: Creation errored");
        assertThat(log.length()).isGreaterThan(2 * RunLogs.MOST);
        InMemoryOperations operations = new InMemoryOperations();
        pieces(operations, log.toString(), 49_999);

        ResourceProgress progress = new RunLogs(operations).progress(7, new Views.Counts(5000, 0, 0, 0));

        assertThat(progress.done()).isEqualTo(4999);
        assertThat(progress.total()).isEqualTo(5000);
        assertThat(progress.whole()).isTrue();
        assertThat(progress.steps())
                .hasSizeLessThanOrEqualTo(500)
                .contains(new ResourceProgress.Step("terraform_data.it[4999]", "failed", "Creation errored"));
    }

    @Test
    void of_a_log_too_long_to_be_counted_through_no_total_is_claimed() {
        InMemoryOperations operations = new InMemoryOperations();
        String begin = "a.one: Creation complete after 0s\n";
        pieces(operations, begin + "x\n".repeat(RunLogs.MOST_COUNTED / 2), 1_000_000);

        ResourceProgress progress = new RunLogs(operations).progress(7, new Views.Counts(5000, 0, 0, 0));

        assertThat(progress.whole()).isFalse();
        assertThat(progress.done()).isEqualTo(1);
        assertThat(progress.total()).isZero();
    }

    private static void pieces(InMemoryOperations operations, String log, int length) {
        for (int at = 0; at < log.length(); at += length) {
            int next = Math.min(log.length(), at + length);
            operations.log.add(new Views.LogChunk(log.substring(at, next), next, false));
        }
        operations.log.add(new Views.LogChunk("", log.length(), true));
    }

    @Test
    void a_plan_too_large_for_a_page_ends_at_a_resource_and_what_destroys_is_never_behind_it() {
        StringBuilder report = new StringBuilder("stacks/a: 3000 to add, 1 to destroy\n");
        for (int number = 0; number < 3000; number++) {
            report.append("\n  # a.it[" + number + "] will be created\n  + resource \"a\" \"it\" {\n      + input = \""
                    + "x".repeat(100) + "\"\n    }\n");
        }
        report.append("\n  # a.old will be destroyed\n  - resource \"a\" \"old\" {\n    }\n");
        assertThat(report.length()).isGreaterThan(PlanText.MOST);

        PlanText plan = PlanText.of(report.toString());

        assertThat(plan.length()).isBetween(PlanText.MOST / 2, PlanText.MOST + 100);
        assertThat(plan.blocks().get(0).title()).isEqualTo("a.old will be destroyed");
        assertThat(plan.blocks().get(1).lines()).hasSize(3);
        assertThat(plan.blocks().size() + plan.leftOut()).isEqualTo(3001);
        assertThat(plan.leftOut()).isPositive();
        assertThat(PlanText.of(report.toString(), 0).blocks()).isEmpty();
    }

    @Test
    void a_stack_is_drawn_right_of_all_it_depends_on_and_a_circle_ends() {
        GraphDrawing drawing = GraphDrawing.of(
                List.of(stack("a"), stack("b", "a"), stack("c", "a", "b"), stack("x", "y"), stack("y", "x")));

        assertThat(drawing.boxes().stream().map(box -> box.stack().id() + " " + box.x() / 200))
                .contains("a 0", "b 1", "c 2");
        assertThat(drawing.edges()).hasSize(5);
    }

    private static Views.Stack stack(String id, String... upstream) {
        return new Views.Stack(id, "main", id, "applied", "", null, null, null, null, List.of(upstream));
    }
}
