package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

    @Test
    void a_plain_folder_stays_as_it_is() {
        assertThat(ShellWord.of("main:stacks/network_2.eu-west")).isEqualTo("main:stacks/network_2.eu-west");
        assertThat(ShellWord.of("ünï")).isEqualTo("ünï");
        assertThat(ShellWord.line(List.of("plumbline", "serve", "--home", "/my home")))
                .isEqualTo("plumbline serve --home '/my home'");
    }

    @Test
    void everything_else_is_quoted() {
        assertThat(ShellWord.of("stacks/with space")).isEqualTo("'stacks/with space'");
        assertThat(ShellWord.of("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellWord.of("")).isEqualTo("''");
        assertThat(ShellWord.of("#3")).isEqualTo("'#3'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch /tmp/x)",
                "`id`",
                "a'b\"c",
                "back\\slash",
                "*",
                "[br]",
                "~",
                "a;b",
                "a|b",
                "a&b",
                "a>b",
                "!x",
                "{a,b}",
                "new\nline",
                "tab\there",
                "esc\u001b[31mred",
                "quote'\nand line",
                " lead",
                "trail ",
                "🚀rocket"
            })
    void a_real_shell_reads_the_very_same_text(String text) throws IOException {
        Process shell = new ProcessBuilder("bash", "-c", "LC_ALL=C.UTF-8 printf %s " + ShellWord.of(text))
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }
}
