package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.terraform.plan.RealPlans.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final String CODE = """
            variable "word" {
              sensitive = true
              default   = "state-secret"
            }
            resource "terraform_data" "a" {
              count = 2
              input = { word = var.word, open = "open-word", value = "x", type = "string" }
            }
            resource "terraform_data" "whole" { input = var.word }
            data "terraform_remote_state" "r" {
              backend  = "local"
              config   = { path = "other.tfstate" }
              defaults = {}
            }
            output "plain" { value = { list = [1, 2.5], "empty" = null } }
            output "hidden" {
              value     = ["output-secret", 123456]
              sensitive = true
            }
            """;

    @Test
    void a_real_state_gives_its_serial_outputs_counts_and_secrets(@TempDir Path folder) throws IOException {
        RealPlans.assumeTerraform();
        Files.writeString(
                folder.resolve("other.tfstate"),
                "{\"version\":4,\"serial\":1,\"lineage\":\"o\",\"outputs\":{},\"resources\":[]}");
        RealPlans.make(folder, Shape.of("state", CODE, CODE));
        StateFile state = StateFile.parse(Files.readAllBytes(folder.resolve("terraform.tfstate")));
        assertThat(state.serial()).isPositive();
        assertThat(state.lineage()).isNotEmpty();
        assertThat(state.terraformVersion()).startsWith("1.");
        assertThat(state.managedInstances()).isEqualTo(3);
        assertThat(state.outputs().keySet()).containsExactly("hidden", "plain");
        assertThat(state.outputs().get("plain")).satisfies(output -> {
            assertThat(output.sensitive()).isFalse();
            assertThat(output.json()).isEqualTo("{\"empty\":null,\"list\":[1,2.5]}");
        });
        assertThat(state.secrets().strings()).containsExactly("123456", "output-secret", "state-secret");
    }

    @Test
    void no_state_is_an_empty_one() {
        assertThat(StateFile.parse(new byte[0]).managedInstances()).isZero();
    }

    @Test
    void what_is_no_state_of_format_four_is_said_so() {
        assertThatThrownBy(() -> StateFile.parse("{\"version\": 3}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StateFormatException.class)
                .hasMessageContaining("format 4");
        assertThatThrownBy(() -> StateFile.parse("nonsense".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StateFormatException.class);
    }
}
