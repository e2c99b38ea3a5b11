package dev.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.app.ProgramUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say is so: links lead somewhere, commands are known, messages are still said. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern QUOTED = Pattern.compile("(?m)^### `(.+)`$");

    static List<Path> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_within_the_repository_leads_somewhere(Path page) {
        Matcher links = LINK.matcher(Pages.withoutFences(Pages.text(page)));
        List<String> broken = new ArrayList<>();
        while (links.find()) {
            String link = links.group(1);
            if (!link.matches("[a-z]+:.*") && !leads(page, link)) {
                broken.add(link);
            }
        }
        assertThat(broken).as("links of " + page.getFileName()).isEmpty();
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || Pages.anchors(target).contains(parts[1]);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_command_is_one_that_the_program_knows(Path page) {
        List<String> unknown = new ArrayList<>();
        for (String line : Pages.typed(page)) {
            if (line.matches("(\\./|/opt/plumbline/)?plumbline .*")) {
                List<String> words = words(line.replaceFirst("^\\S+ ", ""));
                ProgramUnderTest.Said said = ProgramUnderTest.help(words);
                if (said.status() != 0) {
                    unknown.add(line + " → " + said.err().lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(unknown).as("commands of " + page.getFileName()).isEmpty();
    }

    /** As a shell splits them, without comments and without what follows a pipe. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String plain = word.group(3);
            if (plain != null
                    && (plain.startsWith("#") || plain.equals("|") || plain.startsWith(">") || plain.startsWith("<"))) {
                break;
            }
            words.add(plain != null ? plain : word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words;
    }

    @Test
    void every_message_that_troubleshooting_explains_is_still_said() {
        List<String> sources = Sources.withJoinedStrings();
        List<String> gone = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(Pages.text(Pages.DOCS.resolve("troubleshooting.md")));
        int messages = 0;
        while (quoted.find()) {
            messages++;
            for (String piece : quoted.group(1).split("…")) {
                String said = piece.strip();
                boolean telling = said.length() > 2 && sources.stream().noneMatch(source -> source.contains(said));
                if (telling) {
                    gone.add(said);
                }
            }
        }
        assertThat(gone).isEmpty();
        assertThat(messages).isGreaterThan(40);
    }

    @Test
    void the_index_names_every_page() {
        String index = Pages.text(Pages.DOCS.resolve("README.md"));
        Pages.all().stream()
                .filter(page -> page.getParent().equals(Pages.DOCS))
                .map(page -> page.getFileName().toString())
                .filter(name -> !name.equals("README.md"))
                .forEach(name -> assertThat(index).contains("](" + name + ")"));
    }
}
