package dev.plumbline.terraform;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.process.Command;
import dev.plumbline.process.CommandOutput;
import dev.plumbline.process.CommandResult;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.secret.Secrets;
import dev.plumbline.terraform.event.Diagnostic;
import dev.plumbline.terraform.event.TerraformEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs one Terraform (or OpenTofu) program in workspaces. One run at a time in each workspace is the caller's to see
 * to.
 *
 * <p>Safe for use by several threads.
 */
public final class TerraformCli {
    private static final Duration READ_LIMIT = Duration.ofMinutes(10);
    private static final Duration INIT_LIMIT = Duration.ofMinutes(20);
    /** Commands that an apply can't be limited by from here: its handle's owner keeps the time. */
    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private static final TerraformVersion INIT_SPEAKS_JSON = new TerraformVersion(1, 9, 0, "");

    private final TerraformBinary binary;
    private final ChildEnvironment environment;
    private final CliConfiguration configuration;
    private final ModuleAccess access;
    private final CommandRunner runner;
    private final Duration grace;

    /**
     * @param access what opens private modules to {@code init}
     * @param grace how long Terraform may take to stop after it was asked
     */
    public TerraformCli(
            TerraformBinary binary,
            ChildEnvironment environment,
            CliConfiguration configuration,
            ModuleAccess access,
            CommandRunner runner,
            Duration grace) {
        this.binary = binary;
        this.environment = environment;
        this.configuration = configuration;
        this.access = access;
        this.runner = runner;
        this.grace = grace;
    }

    /** What must not stand in the log of a run: what opens private modules, and AWS. */
    public Secrets secrets() {
        return access.secrets().plus(environment.secrets());
    }

    public TerraformBinary binary() {
        return binary;
    }

    /**
     * Makes a workspace ready for plans and applies: by nothing where its code needs nothing, by what the last
     * initialisation left where the needs are the same, else by {@code init}. Refusals of {@link UntrustedCode} come
     * before this.
     *
     * @param more further variables, such as a backend's credentials
     */
    public Initialisation initialise(
            Workspace workspace,
            InitialisationNeeds needs,
            Map<String, String> more,
            Consumer<TerraformEvent> listener,
            CancelSignal signal) {
        prepare(workspace);
        ReusedData data = new ReusedData(workspace, needs, binary);
        if (!needs.any()) {
            data.forget();
            PrivateFolders.delete(workspace.dataFolder());
            return new Initialisation.Initialised(workspace.dataFolder(), ReusedData.read(workspace.lockFile()), true);
        }
        if (data.fits()) {
            return new Initialisation.Initialised(workspace.dataFolder(), data.layLockFile(), true);
        }
        data.forget();
        return runInit(workspace, data, more, listener, signal);
    }

    private Initialisation runInit(
            Workspace workspace,
            ReusedData data,
            Map<String, String> more,
            Consumer<TerraformEvent> listener,
            CancelSignal signal) {
        PrivateFolders.create(workspace.dataFolder());
        DiagnosticsCollector collector = new DiagnosticsCollector(listener);
        CommandResult result = withAccess(workspace, opened -> {
            Map<String, String> variables = new TreeMap<>(opened);
            variables.putAll(environment.forInit(workspace, more, data.backendHasNamedWorkspaces()));
            return runner.run(
                    command(
                            workspace,
                            Arguments.init(binary.version().compareTo(INIT_SPEAKS_JSON) >= 0),
                            variables,
                            INIT_LIMIT),
                    CommandOutput.lines(collector),
                    signal);
        });
        if (result instanceof CommandResult.Exited exited && exited.code() == 0) {
            return new Initialisation.Initialised(workspace.dataFolder(), data.keep(), false);
        }
        if (result instanceof CommandResult.Cancelled) {
            return new Initialisation.Cancelled();
        }
        if (result instanceof CommandResult.TimedOut) {
            return new Initialisation.TimedOut();
        }
        return new Initialisation.Failed(
                collector.errors(binary.product().title() + " could not initialise the stack", lastWords(result)));
    }

    private CommandResult withAccess(Workspace workspace, Function<Map<String, String>, CommandResult> init) {
        try {
            configuration.write(workspace, access);
            return init.apply(access.lay(workspace));
        } finally {
            access.remove(workspace);
            configuration.write(workspace, ModuleAccess.none());
        }
    }

    /** Plans, with events as they happen. The workspace must be initialised. */
    public PlanOutcome plan(PlanCommand plan, Consumer<TerraformEvent> listener, CancelSignal signal) {
        Workspace workspace = plan.workspace();
        prepare(workspace);
        DiagnosticsCollector collector = new DiagnosticsCollector(listener);
        CommandResult result = runner.run(
                command(
                        workspace,
                        Arguments.plan(plan),
                        environment.forPlan(workspace, plan.environment()),
                        plan.timeLimit()),
                CommandOutput.lines(collector),
                signal);
        if (result instanceof CommandResult.Cancelled) {
            return new PlanOutcome.Cancelled();
        }
        if (result instanceof CommandResult.TimedOut) {
            return new PlanOutcome.TimedOut();
        }
        int code = result instanceof CommandResult.Exited exited ? exited.code() : -1;
        if ((code == 0 || code == 2) && Files.isRegularFile(plan.planFile())) {
            makePrivate(plan.planFile());
            return new PlanOutcome.Planned(plan.planFile(), code == 2);
        }
        return new PlanOutcome.Failed(
                collector.errors(binary.product().title() + " could not plan", lastWords(result)), code);
    }

    /**
     * Makes an apply ready to start. The workspace must be laid out and initialised as it was for the plan.
     *
     * @throws IllegalArgumentException where {@link ChildEnvironment#refusal} refuses one of its variables
     */
    public ReadyApply readyApply(ApplyCommand apply) {
        Workspace workspace = apply.workspace();
        prepare(workspace);
        Command command = command(
                workspace, Arguments.apply(apply), environment.forRun(workspace, apply.environment()), UNLIMITED);
        return new ReadyApply(command, apply.runFolder());
    }

    /** The plan as JSON ({@code show -json}); it holds sensitive values in clear. */
    public JsonOutcome show(Workspace workspace, Path planFile, Map<String, String> more) {
        return read(workspace, List.of("show", "-json", planFile.toString()), more);
    }

    /** The outputs as JSON ({@code output -json}); sensitive ones in clear. */
    public JsonOutcome outputs(Workspace workspace, Map<String, String> more) {
        return read(workspace, List.of("output", "-json"), more);
    }

    /** All schemas of the workspace's providers as JSON; some 10 MB for the AWS provider. */
    public JsonOutcome providersSchema(Workspace workspace, Map<String, String> more) {
        return read(workspace, List.of("providers", "schema", "-json"), more);
    }

    /** Runs one of Terraform's own commands on a state; what it printed, or why it could not. */
    public JsonOutcome state(Workspace workspace, StateCommand command, Map<String, String> more) {
        return read(workspace, command.arguments(), more);
    }

    private JsonOutcome read(Workspace workspace, List<String> arguments, Map<String, String> more) {
        prepare(workspace);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommandResult result = runner.run(
                command(workspace, arguments, environment.forRun(workspace, more), READ_LIMIT),
                CommandOutput.bytes(bytes));
        if (result instanceof CommandResult.Exited exited && exited.code() == 0) {
            return new JsonOutcome.Read(bytes.toByteArray());
        }
        String said = result instanceof CommandResult.TimedOut
                ? "It took longer than " + READ_LIMIT.toMinutes() + " minutes"
                : lastWords(result);
        return new JsonOutcome.Failed(Diagnostic.error(
                binary.product().title() + " could not run " + String.join(" ", arguments), said.strip()));
    }

    private void prepare(Workspace workspace) {
        PrivateFolders.create(workspace.folder());
        PrivateFolders.create(workspace.home());
        access.remove(workspace);
        configuration.write(workspace, ModuleAccess.none());
    }

    private Command command(
            Workspace workspace, List<String> arguments, Map<String, String> variables, Duration timeLimit) {
        return new Command(binary.path(), arguments, workspace.stackFolder(), variables, timeLimit, grace);
    }

    private static String lastWords(CommandResult result) {
        if (result instanceof CommandResult.Exited exited) {
            return exited.errorTail();
        }
        return result instanceof CommandResult.NotStarted notStarted ? notStarted.reason() : "";
    }

    private static void makePrivate(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new TerraformException("The plan file " + file + " can't be made private", e);
        }
    }
}
