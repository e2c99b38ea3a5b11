package dev.plumbline.cli;

import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What all commands that move work on have in common: targets, waiting, the result and its exit status. */
abstract class ActCommand implements Callable<Integer> {
    private final CliContext context;
    private final String path;

    @Parameters(arity = "0..*", paramLabel = "TARGET", description = "Stacks, changes ('#12') or runs (r123).")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--all", description = "Everything that this fits.")
    private boolean all;

    @Option(names = "--no-wait", description = "Return at once; 'plumbline status' tells the rest.")
    private boolean noWait;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param path where the API takes it */
    private ActCommand(CliContext context, String path) {
        this.context = context;
        this.path = path;
    }

    @Override
    public Integer call() {
        if (targets.isEmpty() != all && !(targets.isEmpty() && meansAllByDefault())) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    all
                            ? "Give either targets or --all, not both"
                            : "Name what to " + verb() + " (a change in quotes: '#12'), or give --all");
        }
        ApiClient server = new ApiClient(context);
        Views.Acted acted = server.act(path, new Views.Ask(targets, targets.isEmpty()));
        Settling settling = new Settling(context, server, nothing());
        return noWait ? settling.begun(acted) : settling.ended(acted);
    }

    /** Whether naming nothing means everything: only where that can do no harm. */
    boolean meansAllByDefault() {
        return false;
    }

    /** What is said where there is nothing to act on. */
    String nothing() {
        return "There is nothing to do.";
    }

    private String verb() {
        return path.replaceFirst("drift/", "");
    }

    static ActCommand approve(CliContext context) {
        return new Approve(context);
    }

    static ActCommand apply(CliContext context) {
        return new Apply(context);
    }

    static ActCommand cancel(CliContext context) {
        return new Cancel(context);
    }

    static ActCommand retry(CliContext context) {
        return new Retry(context);
    }

    static ActCommand revert(CliContext context) {
        return new Revert(context);
    }

    static ActCommand driftCheck(CliContext context) {
        return new DriftCheck(context);
    }

    static ActCommand fetch(CliContext context) {
        return new Fetch(context);
    }

    @Command(name = "approve", description = "Approve what waits for it; it is applied as it was planned.")
    private static final class Approve extends ActCommand {
        Approve(CliContext context) {
            super(context, "approve");
        }
    }

    @Command(
            name = "apply",
            description = "Plan and apply again what main wants of a stack, where that ended or failed.")
    private static final class Apply extends ActCommand {
        Apply(CliContext context) {
            super(context, "apply");
        }
    }

    @Command(name = "cancel", description = "Stop what is queued or running.")
    private static final class Cancel extends ActCommand {
        Cancel(CliContext context) {
            super(context, "cancel");
        }
    }

    @Command(name = "retry", description = "Try again what failed.")
    private static final class Retry extends ActCommand {
        Retry(CliContext context) {
            super(context, "retry");
        }
    }

    @Command(
            name = "revert",
            description = "Take back what was merged, by another change that is planned and merged like any other;"
                    + " a stack stands for its last change.")
    private static final class Revert extends ActCommand {
        Revert(CliContext context) {
            super(context, "revert");
        }
    }

    @Command(
            name = "fetch",
            description =
                    "Look now at repositories that live elsewhere, instead of waiting; the targets are repositories.")
    private static final class Fetch extends ActCommand {
        Fetch(CliContext context) {
            super(context, "fetch");
        }

        @Override
        String nothing() {
            return "There is nothing to fetch: server.yaml names no repository that lives elsewhere.";
        }

        @Override
        boolean meansAllByDefault() {
            return true;
        }
    }

    @Command(
            name = "check",
            description = "Look now whether stacks still are what main says (exit status 2: they are not).")
    private static final class DriftCheck extends ActCommand {
        DriftCheck(CliContext context) {
            super(context, "drift/check");
        }

        @Override
        boolean meansAllByDefault() {
            return true;
        }
    }
}
