package dev.plumbline.cli;

import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Everything at a glance: stacks, what is under way, what waits for you, drift.")
final class StatusCommand implements Callable<Integer> {
    private final CliContext context;
    private final Terminal terminal;
    private final RelativeTime times;

    StatusCommand(CliContext context) {
        this.context = context;
        this.terminal = context.terminal();
        this.times = new RelativeTime(context.clock());
    }

    @Override
    public Integer call() {
        Views.Status status = new ApiClient(context).status();
        if (context.options().json()) {
            context.printJson(status);
            return ExitStatus.FINE;
        }
        terminal.line("Plumbline " + status.version() + " at " + status.url() + ", up "
                + times.since(status.startedAt()) + "; " + work(status));
        sentences("Warnings", Style.BAD, status.warnings());
        stacks(status.stacks(), status.remotes().isEmpty());
        remotes(status.remotes());
        if (!status.openChanges().isEmpty()) {
            terminal.line("");
            Listings.changes(status.openChanges(), times).print(terminal);
        }
        if (!status.activeRuns().isEmpty()) {
            terminal.line("");
            Listings.runs(status.activeRuns(), times).print(terminal);
        }
        sentences("Drift", Style.BAD, status.alerts());
        sentences("Waiting for you", Style.WAITS, status.waiting());
        return ExitStatus.FINE;
    }

    private static String work(Views.Status status) {
        int active = status.activeRuns().size();
        if (active == 0 && status.queued() == 0) {
            return "nothing is running";
        }
        return active + (active == 1 ? " run" : " runs") + " under way, " + status.queued() + " queued";
    }

    private void stacks(List<Views.Stack> stacks, boolean onlyHere) {
        terminal.line("");
        if (stacks.isEmpty()) {
            terminal.line(
                    onlyHere
                            ? "No stacks yet: push a repository with Terraform code to this server."
                            : "No stacks yet: they are found on the main branches of the repositories below.");
            return;
        }
        Table table = new Table("STACK", "STATE", "COMMIT", "APPLIED", "DRIFT", "WHY");
        for (Views.Stack stack : stacks) {
            table.row(
                    Cell.of(stack.id()),
                    Cell.state(stack.state()),
                    Cell.of(Listings.shortened(stack.appliedCommit())),
                    Cell.of(times.ago(stack.appliedAt())),
                    drift(stack),
                    Cell.of(stack.reason()));
        }
        table.print(terminal);
    }

    private void remotes(List<Views.Remote> remotes) {
        if (remotes.isEmpty()) {
            return;
        }
        terminal.line("");
        Table table = new Table("REPOSITORY", "FORGE", "BRANCH", "STATE", "SEEN", "WHY");
        for (Views.Remote remote : remotes) {
            table.row(
                    Cell.of(remote.repository()),
                    Cell.of(remote.forge()),
                    Cell.of(remote.branch()),
                    new Cell(remote.state(), remote.since() == null ? Style.GOOD : Style.BAD),
                    Cell.of(times.ago(remote.seenAt())),
                    Cell.of(remote.reason()));
        }
        table.print(terminal);
    }

    private static Cell drift(Views.Stack stack) {
        Integer drifted = stack.drifted();
        if (drifted == null) {
            return new Cell("unchecked", Style.FAINT);
        }
        return drifted == 0 ? new Cell("none", Style.GOOD) : new Cell(drifted + " differ", Style.BAD);
    }

    private void sentences(String title, Style style, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(terminal.styled(style, title + ":"));
        sentences.forEach(sentence -> terminal.line("  " + sentence));
    }
}
