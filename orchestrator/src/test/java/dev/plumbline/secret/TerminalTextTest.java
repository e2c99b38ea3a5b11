package dev.plumbline.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void escape_sequences_go_whole() {
        assertThat(TerminalText.safe("a\u001b[31mred\u001b[0mb")).isEqualTo("aredb");
        assertThat(TerminalText.safe("a\u001b]0;title\u0007b\u001b]8;;http://x\u001b\\c"))
                .isEqualTo("abc");
        assertThat(TerminalText.safe("a\u009b31mb\u001b(Be")).isEqualTo("abe");
    }

    @Test
    void control_characters_and_direction_overrides_go_but_not_newline_and_tab() {
        assertThat(TerminalText.safe("a\u0000\bb\r\nc\td\u007f\u0085e\u202ef\u2066g\u200bh"))
                .isEqualTo("ab\nc\tdefgh");
    }

    @Test
    void an_unfinished_sequence_hides_nothing_after_its_line() {
        assertThat(TerminalText.safe("\u001b]0;never ended\nnext")).isEqualTo("\nnext");
        assertThat(TerminalText.safe("end\u001b")).isEqualTo("end");
    }

    @Test
    void other_scripts_and_emoji_stay() {
        assertThat(TerminalText.safe("é 漢字 🚀")).isEqualTo("é 漢字 🚀");
    }

    @Test
    void a_line_stays_one_line() {
        assertThat(TerminalText.safeLine("a\nb\tc\r\nd")).isEqualTo("a b c d");
    }
}
