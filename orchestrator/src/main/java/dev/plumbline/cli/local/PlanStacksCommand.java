package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.screen.Progress;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.process.CancelSignal;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.ChildEnvironment;
import dev.plumbline.terraform.install.Terraforms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Plan this checkout's files as the server would, without touching them (exit status 2: changes).")
final class PlanStacksCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            arity = "0..*",
            paramLabel = "STACK",
            description = "Folders or names (default: the current folder's stack, else all).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--markdown", description = "Print the plans as a pull request shows them.")
    private boolean markdown;

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description =
                    "A variable for Terraform, which gets no other of this shell's but the usual few (PATH, proxies);"
                            + " without a value, this shell's.")
    private List<String> variables = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PlanStacksCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (markdown && context.options().json()) {
            throw wrongUsage("Give either --json or --markdown, not both");
        }
        SortedMap<String, String> further = further();
        ServerConfig config = ServerSettings.valid(context);
        LocalCode code = LocalCode.around(context, config.localBackends());
        List<StackId> stacks = new StackSelection(code.catalog(), code.here(context)).of(names);
        if (stacks.isEmpty() && code.catalog().usable()) {
            context.terminal().error("No stacks here: no folder with Terraform files stands by itself.");
        }
        List<LocalOutcome> outcomes = outcomes(code, config, further, stacks);
        if (context.options().json()) {
            new PlanPrinter(context).json(outcomes);
        }
        return code.catalog().usable() ? status(outcomes) : unusable(code);
    }

    private int unusable(LocalCode code) {
        code.catalog().problems().stream()
                .filter(problem -> problem.error() && problem.stack().isEmpty())
                .forEach(problem -> context.terminal().error(TerminalText.safeLine(problem.toString())));
        return ExitStatus.ERROR;
    }

    private List<LocalOutcome> outcomes(
            LocalCode code, ServerConfig config, SortedMap<String, String> further, List<StackId> stacks) {
        Terraforms terraforms = terraforms(config);
        Map<StackId, LocalOutcome> outcomes = new LinkedHashMap<>();
        CancelSignal cancel = new CancelSignal();
        try (PlanFolder folder = PlanFolder.create(cancel);
                Progress progress = new Progress(context.terminal(), context.clock())) {
            StackPlanner planner =
                    new StackPlanner(code, terraforms, config, further, folder.path(), cancel, progress::waitingFor);
            for (StackId stack : stacks) {
                LocalOutcome outcome = planner.plan(stack, outcomes);
                outcomes.put(stack, outcome);
                progress.wipe();
                print(outcome);
            }
        }
        return List.copyOf(outcomes.values());
    }

    private void print(LocalOutcome outcome) {
        if (context.options().json()) {
            return;
        }
        PlanPrinter printer = new PlanPrinter(context);
        if (markdown) {
            printer.markdown(outcome);
        } else {
            printer.text(outcome);
        }
    }

    private Terraforms terraforms(ServerConfig config) {
        try {
            return new ServerTerraforms(config, context.environment()).all();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(1, "Stopped while looking for Terraform.", "", e);
        }
    }

    private SortedMap<String, String> further() {
        SortedMap<String, String> named = new TreeMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            String name = equals < 0 ? variable : variable.substring(0, equals);
            ChildEnvironment.refusal(name).ifPresent(reason -> {
                throw wrongUsage(reason);
            });
            String value = equals < 0 ? context.environment().get(name) : variable.substring(equals + 1);
            if (value == null) {
                throw wrongUsage("--env " + name + ": this shell has no such variable; export it or give NAME=VALUE");
            }
            named.put(name, value);
        }
        return named;
    }

    private ParameterException wrongUsage(String what) {
        return new CommandLine.ParameterException(spec.commandLine(), what);
    }

    /** The worst that happened. A stack that waits follows changes of another, so it adds nothing. */
    private static int status(List<LocalOutcome> outcomes) {
        if (outcomes.stream().anyMatch(LocalOutcome.Failed.class::isInstance)) {
            return ExitStatus.ERROR;
        }
        boolean changes = outcomes.stream()
                .anyMatch(outcome -> outcome instanceof LocalOutcome.Waiting
                        || (outcome instanceof LocalOutcome.Planned planned
                                && planned.plan().hasChanges()));
        return changes ? ExitStatus.CHANGES : ExitStatus.FINE;
    }
}
