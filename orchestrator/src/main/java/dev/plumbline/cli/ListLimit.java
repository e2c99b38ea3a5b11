package dev.plumbline.cli;

import dev.plumbline.cli.screen.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many rows a listing has that grows for ever. */
final class ListLimit {
    private static final int MOST = 1000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, up to " + MOST + " (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** How many to ask a server for: one more than is listed tells whether there are more. */
    int asked() {
        if (limit < 1 || limit > MOST) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--limit is from 1 to " + MOST);
        }
        return Math.min(MOST, limit + 1);
    }

    /** What is listed of what was asked for. That it is not all is said beside it, so that what reads the listing reads only that. */
    <T> List<T> listed(List<T> newest, Terminal terminal) {
        return listed(newest, "", terminal);
    }

    /** @param what is listed, where there is more than one list: {@code applies} */
    <T> List<T> listed(List<T> newest, String what, Terminal terminal) {
        String named = what.isEmpty() ? "" : " " + what;
        if (newest.size() > limit) {
            terminal.error(
                    "Only the newest " + limit + named + " are listed; --limit N lists more, up to " + MOST + ".");
        } else if (newest.size() == MOST) {
            terminal.error("No more than " + MOST + named + " are listed; there may be older ones.");
        }
        return newest.subList(0, Math.min(limit, newest.size()));
    }
}
