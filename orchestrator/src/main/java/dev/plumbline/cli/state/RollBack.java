package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = "Make a former version current again, as a new version. Needs the role admin.")
final class RollBack extends OfOneStack {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Default: the one before the current.")
    private @Nullable String version;

    RollBack(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return change("rollback", version == null ? List.of() : List.of(version));
    }
}
