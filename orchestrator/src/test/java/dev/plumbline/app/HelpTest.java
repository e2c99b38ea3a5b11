package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} shows of the whole program. */
class HelpTest {
    private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z][a-z-]+)(?:,|  )");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^Example: (.+)$");

    @Test
    void commands_stand_in_groups_and_none_is_left_over() {
        String help = ProgramUnderTest.help(List.of()).out();

        assertThat(help)
                .containsSubsequence("\nLook:\n", "\nAct:\n", "\nServer:\n", "\nIn a checkout", "\nThis machine:\n");
        assertThat(help).doesNotContain("More:", "Commands:");
        assertThat(help)
                .containsSubsequence("  status ", "  approve ", "  serve ", "  init ", "  doctor ", "  benchmark ");
    }

    @Test
    void help_as_a_word_is_help_as_an_option() {
        assertThat(ProgramUnderTest.run("help")).isEqualTo(ProgramUnderTest.help(List.of()));
        assertThat(ProgramUnderTest.run("help", "drift", "check"))
                .isEqualTo(ProgramUnderTest.help(List.of("drift", "check")));
    }

    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        for (String name : listed(List.of())) {
            all.add(List.of(name));
            for (String below : listed(List.of(name))) {
                all.add(List.of(name, below));
            }
        }
        return all.stream();
    }

    private static List<String> listed(List<String> command) {
        String help = ProgramUnderTest.help(command).out();
        int from = command.isEmpty() ? help.indexOf("Look:") : help.indexOf("Commands:");
        List<String> names = new ArrayList<>();
        Matcher name = LISTED.matcher(from < 0 ? "" : help.substring(from));
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_an_example_that_it_understands(List<String> command) {
        ProgramUnderTest.Said help = ProgramUnderTest.help(command);

        assertThat(help.status()).as(help.err()).isZero();
        Matcher example = EXAMPLE.matcher(help.out());
        assertThat(example.find()).as(help.out()).isTrue();
        String typed = example.group(1).replaceFirst(" >.*", "").replaceFirst("^source <\\((.*)\\)$", "$1");
        if (typed.startsWith("plumbline ")) {
            List<String> words = List.of(typed.substring(10).replace("'", "").split(" "));
            assertThat(words).startsWith(command.get(0));
            ProgramUnderTest.Said said = ProgramUnderTest.help(words);
            assertThat(said.status()).as(typed + said.err()).isZero();
        }
    }

    @Test
    void the_list_of_commands_is_as_long_as_the_program() {
        assertThat(commands()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "benchmark", "completion"})
    void a_command_without_a_result_says_that_json_is_not_for_it(String command) {
        ProgramUnderTest.Said said = ProgramUnderTest.run(command, "--json");

        assertThat(said.status()).isEqualTo(64);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("plumbline: " + command + " has no result that --json could print.\n  ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void completion_knows_every_command(List<String> command) {
        assertThat(ProgramUnderTest.run("completion", "bash").out()).contains(command.get(command.size() - 1));
    }
}
