package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "versions", description = "All versions that are kept of a stack's state.")
final class ListVersions extends OfOneStack {
    ListVersions(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        List<Views.StateVersion> versions = server().stateVersions(stack());
        if (context().options().json()) {
            context().printJson(versions);
            return ExitStatus.FINE;
        }
        RelativeTime times = new RelativeTime(context().clock());
        Table table = new Table("VERSION", "SERIAL", "WHEN", "BY", "RUN", "HOW");
        for (Views.StateVersion version : versions) {
            table.row(
                    Cell.of(version.version() + (version.current() ? " (current)" : "")),
                    Cell.of(version.serial()),
                    Cell.of(times.ago(version.at())),
                    Cell.of(version.by() == null ? "" : version.by()),
                    Cell.of(version.run() == null ? "" : version.run()),
                    Cell.of(version.how() == null ? "" : version.how()));
        }
        table.print(context().terminal());
        return ExitStatus.FINE;
    }
}
