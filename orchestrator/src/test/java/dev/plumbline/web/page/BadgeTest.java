package dev.plumbline.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.web.Views;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What a badge says, and that it is a picture whatever a stack is called. */
class BadgeTest {
    private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f80912345678";

    private static Views.Stack stack(String folder, String state, @Nullable String applied, @Nullable Integer drifted) {
        return new Views.Stack(
                folder, "team/infra", folder, state, "as it is", applied, null, drifted, null, List.of());
    }

    private static Element parsed(Badge badge) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(badge.svg())))
                .getDocumentElement();
    }

    @ParameterizedTest
    @CsvSource({
        "applied,           true,   0, applied,           GOOD",
        "no-changes,        true,   , applied,           GOOD",
        "applied,           true,   3, drifted,           ASKS",
        "failed,            true,   3, failed,            BAD",
        "failed,            false,  , failed,            BAD",
        "awaiting-approval, true,   0, awaiting approval, ASKS",
        "awaiting-approval, false,  , awaiting approval, ASKS",
        "applying,          true,   0, applying,          BUSY",
        "cancelled,         true,   0, cancelled,         QUIET",
        "cancelled,         false,  , never applied,     QUIET",
        "unknown,           false,  , never applied,     QUIET"
    })
    void it_says_how_the_stack_stands(
            String state, boolean applied, @Nullable Integer drifted, String word, Mark mark) {
        assertThat(Badge.of(stack("stacks/network", state, applied ? COMMIT : null, drifted)))
                .isEqualTo(new Badge("stacks/network", word, mark));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stacks/<script>alert(1)</script>",
                "a\"b' onload='x",
                "a&b&amp;",
                "]]>",
                "🚀/ネットワーク",
                "bad\u0000\u0007\ufffe\uffff\ud800x",
                "a\u202eb"
            })
    void it_is_a_picture_whatever_the_stack_is_called(String folder) throws Exception {
        Element picture = parsed(Badge.of(stack(folder, "applied", COMMIT, null)));

        assertThat(picture.getNodeName()).isEqualTo("svg");
        assertThat(picture.getElementsByTagName("script").getLength()).isZero();
        assertThat(picture.getAttributes().getLength()).isEqualTo(5);
        assertThat(picture.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(picture.getAttribute("aria-label"))
                .endsWith(": applied");
    }

    @Test
    void a_long_name_is_cut_at_its_beginning_and_stands_whole_in_the_title() throws Exception {
        String folder = "deep/".repeat(40) + "network";

        Element picture = parsed(Badge.of(stack(folder, "applied", COMMIT, null)));

        assertThat(picture.getElementsByTagName("text").item(0).getTextContent())
                .hasSize(48)
                .startsWith("…")
                .endsWith("/network");
        assertThat(picture.getAttribute("aria-label")).isEqualTo(folder + ": applied");
    }

    @Test
    void a_stack_at_the_root_is_called_by_its_repository() {
        assertThat(Badge.of(stack(".", "applied", COMMIT, null)).label()).isEqualTo("team/infra");
    }

    @ParameterizedTest
    @EnumSource
    void its_colours_are_those_of_the_pages(Mark mark) throws IOException {
        try (InputStream style = Badge.class.getResourceAsStream("plumbline.css")) {
            String light = new String(Objects.requireNonNull(style).readAllBytes(), StandardCharsets.UTF_8);

            assertThat(light.substring(0, light.indexOf("@media")))
                    .contains("--" + mark.style() + ": " + Badge.colour(mark) + ";");
        }
    }
}
