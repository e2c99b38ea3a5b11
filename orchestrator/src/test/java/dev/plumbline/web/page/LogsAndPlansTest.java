package dev.plumbline.web.page;

import static org.assertj.core.api.Assertions.assertThat;

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
