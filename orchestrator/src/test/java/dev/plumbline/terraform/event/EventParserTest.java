package dev.plumbline.terraform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.terraform.TerraformVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private final EventParser parser = new EventParser();

    @Test
    void what_is_no_event_is_text() {
        for (String line :
                new String[] {"", "panic: x", "{", "{}", "{\"type\"", "[1]", "{\"a\": 1} trailing", "null"}) {
            assertThat(parser.parse(line)).isEqualTo(new TerraformEvent.Text(line));
        }
    }

    @Test
    void unknown_kinds_and_missing_parts_are_tolerated() {
        assertThat(parser.parse("{\"type\":\"quantum_start\",\"@message\":\"m\"}"))
                .isEqualTo(new TerraformEvent.Other("quantum_start", "m"));
        assertThat(parser.parse("{\"type\":\"planned_change\",\"change\":7}"))
                .isEqualTo(new TerraformEvent.PlannedChange("", "", "", ""));
        assertThat(parser.parse(
                        "{\"type\":\"diagnostic\",\"diagnostic\":{\"severity\":\"warning\",\"summary\":\"s\"}}"))
                .isInstanceOfSatisfying(
                        TerraformEvent.Problem.class,
                        problem -> assertThat(problem.diagnostic()).hasToString("Warning: s"));
    }

    @Test
    void work_on_a_resource_is_told_with_its_step() {
        String line =
                "{\"type\":\"apply_progress\",\"@message\":\"m\",\"hook\":{\"resource\":{\"addr\":\"a.b[\\\"k\\\"]\"},"
                        + "\"action\":\"delete\",\"elapsed_seconds\":10}}";
        assertThat(parser.parse(line))
                .isEqualTo(new TerraformEvent.ResourceStep(
                        TerraformEvent.Step.APPLY_PROGRESS, "a.b[\"k\"]", "delete", 10, "m"));
    }

    @Test
    void a_diagnostic_with_an_address_reads_as_terraforms() {
        Diagnostic diagnostic = new Diagnostic(
                Diagnostic.Severity.ERROR,
                "Invalid name",
                "Too long.\n",
                "aws_vpc.main",
                Optional.of(new Diagnostic.Range("main.tf", 3, 1)),
                Optional.of(new Diagnostic.Snippet("resource \"aws_vpc\" \"main\"", "  name = \"x\"", 3)));
        assertThat(diagnostic).hasToString("""
                Error: Invalid name

                  with aws_vpc.main,
                  on main.tf line 3, in resource "aws_vpc" "main":
                   3:   name = "x"

                Too long.""");
    }

    @Test
    void versions_are_ordered_with_prereleases_first() {
        assertThat(TerraformVersion.of("1.12.0-rc1")).isGreaterThan(TerraformVersion.of("1.11.10"));
        assertThat(TerraformVersion.of("1.12.0-rc1")).isLessThan(TerraformVersion.of("v1.12.0"));
        assertThat(TerraformVersion.of("1.9.0")).isLessThan(TerraformVersion.of("1.11.4"));
        assertThat(TerraformVersion.parse("1.12")).isEmpty();
        assertThat(TerraformVersion.of("1.12.0-rc1")).hasToString("1.12.0-rc1");
    }
}
