package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the plan files of the pinned Terraform holds for those of others, as far as they are read directly. */
class OtherProgramsTest {
    @TempDir
    Path folder;

    @Test
    void plan_files_of_terraform_1_10_say_what_show_says() {
        assertEqual(RealParts.terraform("1.10.5"), false);
    }

    @Test
    void plan_files_of_opentofu_1_10_say_what_show_says() {
        assertEqual(RealParts.tofu("1.10.10"), true);
    }

    @Test
    void others_are_not_read_directly() {
        assertThat(PlanReader.canReadDirectly("1.10.5")).isTrue();
        assertThat(PlanReader.canReadDirectly("tofu:1.10.10")).isTrue();
        assertThat(PlanReader.canReadDirectly("tofu:1.11.0")).isFalse();
        assertThat(PlanReader.canReadDirectly("1.12.2")).isFalse();
        assertThat(PlanReader.canReadDirectly("1.10.0-rc1")).isFalse();
    }

    private void assertEqual(Path program, boolean tofu) {
        RealPlans.make(program.toString(), folder, Shapes.all()).values().forEach(made -> {
            Plan direct = Comparison.read(new PlanReader().fromFile(made.file(), tofu));
            Plan shown = Comparison.read(new PlanReader().fromShowJson(made.showJson()));
            assertThat(Comparison.withoutMarks(direct)).as(made.toString()).isEqualTo(Comparison.withoutMarks(shown));
            assertThat(shown.complete() || shown.errored() || !tofu)
                    .as("OpenTofu does not tell, which is no reason to warn: " + made)
                    .isTrue();
            assertThat(shown.variables()).as(made.toString()).containsAllEntriesOf(direct.variables());
            Comparison.assertMarksAreASuperset(direct, shown);
        });
    }
}
