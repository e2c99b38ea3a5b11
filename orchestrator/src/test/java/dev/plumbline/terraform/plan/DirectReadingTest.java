package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.secret.Secrets;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.PlanReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over real plans of every shape, what is read from the plan file is what {@code show -json} says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectReadingTest {
    private Map<String, RealPlans.Made> made = Map.of();

    @BeforeAll
    void make_the_plans(@TempDir Path folder) {
        RealPlans.assumeTerraform();
        made = RealPlans.make(folder, Shapes.all());
    }

    Stream<RealPlans.Made> plans() {
        return made.values().stream();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void the_plan_file_says_what_show_says(RealPlans.Made plan) {
        Plan direct = direct(plan);
        Plan shown = shown(plan);
        assertThat(Comparison.withoutMarks(direct)).isEqualTo(Comparison.withoutMarks(shown));
        assertThat(shown.variables()).containsAllEntriesOf(direct.variables());
        Comparison.assertMarksAreASuperset(direct, shown);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void no_marked_string_stands_in_any_rendering(RealPlans.Made plan) {
        Plan direct = direct(plan);
        PlanReport report = PlanReport.of("stacks/x", direct, SensitiveSchema.none(), Secrets.none());
        List<String> renderings = List.of(
                report.text(Limit.none(), true).text(),
                report.markdown(Limit.none()).text(),
                report.json(Limit.none()).text());
        TreeSet<String> marked = new TreeSet<>(direct.secrets().strings());
        marked.addAll(plan.shape().secrets());
        for (String rendering : renderings) {
            assertThat(marked).noneMatch(rendering::contains);
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void a_kept_plan_is_read_back_as_it_was(RealPlans.Made plan) {
        Plan direct = direct(plan);
        assertThat(PlanArchive.fromBytes(PlanArchive.toBytes(direct))).isEqualTo(new PlanReading.Read(direct));
    }

    @Test
    void a_secret_that_a_computed_attribute_repeats_is_masked_where_terraform_shows_it() {
        RealPlans.Made plan = Objects.requireNonNull(made.get("sensitive"));
        assertThat(plan.showText()).contains("hunter2-secret");
        PlanReport report = PlanReport.of("stacks/x", direct(plan), SensitiveSchema.none(), Secrets.none());
        assertThat(report.text(Limit.none(), false).text())
                .contains("~ output = \"(sensitive value)\" -> (known after apply)")
                .doesNotContain("hunter2-secret");
    }

    @Test
    void there_are_at_least_twenty_plans() {
        assertThat(made).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void the_shapes_cover_every_action_but_create_then_forget() {
        TreeSet<Action> seen = new TreeSet<>();
        made.values().forEach(plan -> direct(plan).changes().forEach(change -> seen.add(change.action())));
        assertThat(seen)
                .containsExactlyInAnyOrder(Stream.of(Action.values())
                        .filter(action -> action != Action.CREATE_THEN_FORGET)
                        .toArray(Action[]::new));
    }

    private static Plan direct(RealPlans.Made plan) {
        return Comparison.read(new PlanReader().fromFile(plan.file()));
    }

    private static Plan shown(RealPlans.Made plan) {
        return Comparison.read(new PlanReader().fromShowJson(plan.showJson()));
    }
}
