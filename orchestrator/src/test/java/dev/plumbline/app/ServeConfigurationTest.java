package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says on top of server.yaml. */
class ServeConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void a_home_on_the_command_line_may_not_hold_the_states_of_local_backends_either() {
        Path config = folder.resolve("server.yaml");
        ServerFixture.write(
                config, "home: " + folder.resolve("a") + "\nlocal_backends: [\"" + folder + "/b/states\"]\n");

        ProgramUnderTest.Said said = ProgramUnderTest.run(
                "serve",
                "--config",
                config.toString(),
                "--home",
                folder.resolve("b").toString());

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err())
                .contains("'local_backends' must lie outside of home (" + folder.resolve("b") + ")")
                .contains(folder + "/b/states")
                .contains("Choose another --home");
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void a_variable_that_no_run_would_begin_with_ends_the_start() {
        Path config = folder.resolve("server.yaml");
        ServerFixture.write(config, "environment:\n  - { phase: apply, set: { TF_CLI_ARGS_apply: -lock=false } }\n");

        ProgramUnderTest.Said said = ProgramUnderTest.run(
                "serve",
                "--config",
                config.toString(),
                "--home",
                folder.resolve("home").toString());

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err()).contains(config + ":2:28: The variable TF_CLI_ARGS_apply is Plumbline's to set");
    }
}
