package dev.plumbline.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliConfigurationTest {
    @TempDir
    Path home;

    @Test
    void installation_and_credentials_are_carried_over_and_nothing_else() throws IOException {
        Path file = write("mine.tfrc", """
                # credentials "commented" { token = "no" }
                plugin_cache_dir = "/cache { not a block"
                provider_installation {
                  filesystem_mirror { path = "/mirror/}" } // a brace } in a comment
                  direct {}
                }
                disable_checkpoint = true
                credentials "registry.example.com" {
                  token = "a\\"b}c"
                }
                credentials_helper "x" { args = [] }
                """);
        assertThat(text(Map.of("TF_CLI_CONFIG_FILE", file.toString())))
                .contains("path = \"/mirror/}\" } // a brace } in a comment\n  direct {}\n}")
                .contains("credentials \"registry.example.com\" {\n  token = \"a\\\"b}c\"\n}")
                .doesNotContain("plugin_cache_dir", "commented", "disable_checkpoint");
    }

    @Test
    void a_preset_file_that_is_missing_counts_as_empty() throws IOException {
        write(".terraformrc", "credentials \"h\" { token = \"t\" }");
        assertThat(text(Map.of("TF_CLI_CONFIG_FILE", home.resolve("gone").toString())))
                .isEqualTo("provider_installation {\n  direct {}\n}\n\n");
    }

    @Test
    void without_a_preset_the_users_own_files_count() throws IOException {
        write(".terraformrc", "credentials \"one.example\" { token = \"1\" }");
        write(".terraform.d/credentials.tfrc.json", "{\"credentials\": {\"two.example\": {\"token\": \"t${x}\"}}}");
        assertThat(text(Map.of()))
                .contains("credentials \"one.example\" { token = \"1\" }")
                .contains("credentials \"two.example\" {\n  token = \"t$${x}\"\n}");
    }

    @Test
    void opentofu_reads_its_own_file_before_terraforms() throws IOException {
        write(".terraformrc", "credentials \"one.example\" { token = \"1\" }");
        CliConfiguration tofu = new CliConfiguration(Map.of("HOME", home.toString()), TerraformBinary.Product.TOFU);
        assertThat(tofu.text()).contains("one.example");

        write(".tofurc", "credentials \"two.example\" { token = \"2\" }");

        assertThat(tofu.text()).contains("two.example").doesNotContain("one.example");
        assertThat(text(Map.of())).contains("one.example").doesNotContain("two.example");
    }

    @Test
    void implicit_mirrors_are_named() throws IOException {
        Path plugins = home.resolve(".terraform.d/plugins");
        Files.createDirectories(plugins.resolve("registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64"));
        Files.createDirectories(plugins.resolve("old-style"));
        assertThat(text(Map.of()))
                .contains("path = \"" + plugins + "\"\n    include = [\"registry.terraform.io/hashicorp/aws\"]")
                .contains("direct {\n    exclude = [\"registry.terraform.io/hashicorp/aws\"]");
    }

    @Test
    void a_broken_file_is_named() throws IOException {
        Path open = write("open.tfrc", "credentials \"x\" {\n");
        assertThatThrownBy(() -> text(Map.of("TF_CLI_CONFIG_FILE", open.toString())))
                .hasMessageContaining("never closed");
        Path json = write("bad.tfrc", "{");
        assertThatThrownBy(() -> text(Map.of("TF_CLI_CONFIG_FILE", json.toString())))
                .hasMessageContaining("is not valid JSON");
    }

    @Test
    void what_configuration_may_not_set_is_refused_with_its_name() {
        for (String name :
                new String[] {"TF_CLI_ARGS", "TF_CLI_ARGS_apply", "TF_REATTACH_PROVIDERS", "TF_LOG_CORE", "HOME"}) {
            assertThat(ChildEnvironment.refusal(name))
                    .hasValueSatisfying(reason -> assertThat(reason).contains(name));
        }
        assertThat(ChildEnvironment.refusal("a=b")).isPresent();
        assertThat(ChildEnvironment.refusal("TF_VAR_x")).isEmpty();
    }

    private String text(Map<String, String> preset) {
        Map<String, String> environment = new java.util.HashMap<>(preset);
        environment.put("HOME", home.toString());
        environment.put("XDG_DATA_DIRS", home.resolve("none").toString());
        return new CliConfiguration(environment, TerraformBinary.Product.TERRAFORM).text();
    }

    private Path write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
