package dev.plumbline.cli;

import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "change", description = "One change: its stacks and its whole plan.")
final class ChangeCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            paramLabel = "CHANGE",
            converter = Numbers.OfChange.class,
            description = "12 or '#12', or a pull request of a forge: team/infra#14.")
    private String change = "";

    @Option(names = "--markdown", description = "The whole report in Markdown, as it stands on a pull request.")
    private boolean markdown;

    ChangeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Views.ChangeDetail detail = new ApiClient(context).change(change);
        Terminal terminal = context.terminal();
        if (context.options().json()) {
            context.printJson(detail);
        } else if (markdown) {
            terminal.line(detail.markdown().stripTrailing());
        } else {
            people(terminal, detail);
        }
        return ExitStatus.FINE;
    }

    private void people(Terminal terminal, Views.ChangeDetail detail) {
        Views.Change change = detail.change();
        terminal.line(
                terminal.styled(Style.HEADING, Views.called(change.number(), change.pull()) + " " + change.title()));
        terminal.line(change.branch() + " at " + Listings.shortened(change.head()) + " by " + change.author() + ", "
                + new RelativeTime(context.clock()).ago(change.updatedAt()));
        Views.Pull pull = change.pull();
        if (pull != null && pull.url() != null) {
            terminal.line(pull.url());
        }
        terminal.line(terminal.styled(Style.ofState(change.state()), change.state()) + ": " + change.reason());
        if (!change.stacks().isEmpty()) {
            terminal.line("");
            Listings.stacksOf(change).print(terminal);
        }
        if (!detail.text().isBlank()) {
            terminal.line("");
            terminal.line(detail.text().stripTrailing());
        }
    }
}
