package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import java.util.Map;
import java.util.function.Supplier;

/** The commands of this package. */
public final class LocalCommands {
    private LocalCommands() {}

    /** By name. */
    public static Map<String, Supplier<Object>> of(CliContext context) {
        return Map.of(
                "check",
                () -> new CheckCommand(context),
                "stacks",
                () -> new StacksCommand(context),
                "plan",
                () -> new PlanStacksCommand(context));
    }
}
