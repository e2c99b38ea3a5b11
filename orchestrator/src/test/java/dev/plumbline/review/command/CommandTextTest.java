package dev.plumbline.review.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.review.command.CommandText.NotUnderstood;
import dev.plumbline.review.command.CommandText.Understood;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {

    @Test
    void a_line_that_begins_with_our_name_is_a_command() {
        assertThat(commands("plumbline plan")).containsExactly(command(Verb.PLAN));
        assertThat(commands("  Plumbline APPLY  ")).containsExactly(command(Verb.APPLY));
    }

    @Test
    void our_name_alone_asks_for_help() {
        assertThat(commands("plumbline")).containsExactly(command(Verb.HELP));
    }

    @Test
    void several_lines_are_several_commands_in_order() {
        assertThat(commands("Let us see.\nplumbline plan\n\nand then\nplumbline apply"))
                .extracting(Command::verb)
                .containsExactly(Verb.PLAN, Verb.APPLY);
    }

    @Test
    void stacks_are_named_by_flags_or_as_they_are_also_with_spaces() {
        assertThat(commands("plumbline plan -d stacks/a --stack=b 'the net' \"c d\""))
                .extracting(Command::stacks)
                .containsExactly(List.of("stacks/a", "b", "the net", "c d"));
    }

    @Test
    void atlantis_is_understood_with_its_flags() {
        assertThat(commands("atlantis plan -d stacks/a -w staging --verbose"))
                .containsExactly(new Command(
                        Verb.PLAN, List.of("stacks/a"), Optional.of("staging"), Optional.empty(), Optional.empty()));
        assertThat(commands("atlantis apply -p network"))
                .extracting(Command::stacks)
                .containsExactly(List.of("network"));
    }

    @Test
    void of_several_servers_each_takes_its_own_word_and_only_the_usual_one_that_of_atlantis() {
        String comment = "plumbline plan\nacme-plumbline apply\natlantis retry";

        assertThat(commands(comment, "plumbline")).extracting(Command::verb).containsExactly(Verb.PLAN, Verb.RETRY);
        assertThat(commands(comment, "Acme-Plumbline"))
                .extracting(Command::verb)
                .containsExactly(Verb.APPLY);
    }

    @Test
    void an_approval_may_name_the_digest_that_it_is_about() {
        assertThat(commands("plumbline approve 0123456789ab"))
                .extracting(Command::reference)
                .containsExactly(Optional.of("0123456789ab"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#12", "!12", "team/infra#12"})
    void another_pull_request_is_taken_back_by_the_name_that_the_forge_has_for_it(String name) {
        assertThat(commands("plumbline revert " + name)).singleElement().satisfies(command -> {
            assertThat(command.other().orElseThrow().number()).isEqualTo(12);
            assertThat(command.stacks()).isEmpty();
        });
        assertThat(commands("plumbline retry " + name).get(0).other()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> plumbline apply",
                "    plumbline apply",
                "\tplumbline apply",
                "```\nplumbline apply\n```",
                "~~~~ text\nplumbline apply\n~~~\nplumbline apply\n~~~~",
                "I would say plumbline apply",
                "plumblines apply",
                "@plumbline apply",
                "`plumbline apply`",
                "```\n```hcl\nplumbline apply\n```",
                ""
            })
    void what_is_quoted_shown_as_code_or_only_mentioned_is_no_command(String comment) {
        assertThat(CommandText.lines(comment, "plumbline")).isEmpty();
    }

    @Test
    void what_stands_behind_code_is_a_command_again() {
        assertThat(commands("```\nx\n```\nplumbline retry")).containsExactly(command(Verb.RETRY));
        assertThat(commands("```hcl\nx\n````  \nplumbline retry")).containsExactly(command(Verb.RETRY));
        assertThat(commands("```terraform apply``` was fine\nplumbline retry")).containsExactly(command(Verb.RETRY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plumbline destroy",
                "plumbline plan --force",
                "plumbline plan -d",
                "plumbline revert #1 #2",
                "atlantis plan -- -target=x",
                "atlantis import a b"
            })
    void what_is_not_understood_says_why(String comment) {
        assertThat(CommandText.lines(comment, "plumbline"))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotUnderstood.class, line -> assertThat(line.why()).isNotEmpty());
    }

    @Test
    void a_comment_of_ten_thousand_commands_is_not_ten_thousand_commands() {
        List<CommandText.Line> lines = CommandText.lines("plumbline plan\n".repeat(10_000), "plumbline");

        assertThat(lines.subList(0, CommandText.MOST)).allMatch(Understood.class::isInstance);
        assertThat(lines.subList(CommandText.MOST, lines.size()))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotUnderstood.class, line -> assertThat(line.why()).contains("another comment"));
        assertThat(CommandText.line("plumbline plan", CommandText.MOST - 1, "plumbline"))
                .containsInstanceOf(Understood.class);
        assertThat(CommandText.line("plumbline plan", CommandText.MOST, "plumbline"))
                .containsInstanceOf(NotUnderstood.class);
    }

    private static Command command(Verb verb) {
        return Command.of(verb);
    }

    private static List<Command> commands(String comment) {
        return commands(comment, "plumbline");
    }

    private static List<Command> commands(String comment, String command) {
        return CommandText.lines(comment, command).stream()
                .map(line -> ((Understood) line).command())
                .toList();
    }
}
