package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = "Take a state along to where an open change wants it: into, out of, or between backends."
                + " Needs the role admin.")
final class MigrateState extends OfOneStack {
    MigrateState(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return change("migrate", List.of());
    }
}
