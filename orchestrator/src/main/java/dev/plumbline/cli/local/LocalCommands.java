package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import java.util.List;

/** The commands of this package. */
public final class LocalCommands {
    private LocalCommands() {}

    /** In the order in which help lists them. */
    public static List<Object> of(CliContext context) {
        return List.of(new CheckCommand(context), new StacksCommand(context), new PlanStacksCommand(context));
    }
}
