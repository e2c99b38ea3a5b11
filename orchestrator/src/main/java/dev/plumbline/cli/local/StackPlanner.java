package dev.plumbline.cli.local;

import dev.plumbline.cli.CliException;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.git.Export;
import dev.plumbline.git.TreeExport;
import dev.plumbline.hcl.Backend;
import dev.plumbline.policy.Policies;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.process.CancelSignal;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.Closure;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.Initialisation;
import dev.plumbline.terraform.InitialisationNeeds;
import dev.plumbline.terraform.PlanCommand;
import dev.plumbline.terraform.PlanInspection;
import dev.plumbline.terraform.PlanOutcome;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.UntrustedCode;
import dev.plumbline.terraform.VariablesFile;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.WorkspaceFolders;
import dev.plumbline.terraform.event.Diagnostic;
import dev.plumbline.terraform.install.Terraforms;
import dev.plumbline.terraform.install.Wish;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.SensitiveSchema;
import dev.plumbline.terraform.plan.StateFile;
import dev.plumbline.terraform.plan.StateFormatException;
import dev.plumbline.terraform.report.PlanReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Plans stacks of a checkout as the server would, in workspaces below a folder that is thrown away afterwards. */
final class StackPlanner {
    private final LocalCode code;
    private final LocalStates states;
    private final LocalInputs inputs;
    private final Policies policies;
    private final Terraforms terraforms;
    private final ServerConfig config;
    private final Map<String, String> further;
    private final Path folder;
    private final CancelSignal cancel;
    private final Consumer<String> listener;

    /**
     * @param further variables of the environment that the user named
     * @param folder empty, mode 700
     * @param listener is told what is being done
     */
    StackPlanner(
            LocalCode code,
            Terraforms terraforms,
            ServerConfig config,
            Map<String, String> further,
            Path folder,
            CancelSignal cancel,
            Consumer<String> listener) {
        this.code = code;
        this.states = new LocalStates(code.tree().root());
        this.inputs = new LocalInputs(code.catalog(), states);
        this.policies = LocalCode.reading(() -> new PolicyEngine().in(code.tree()));
        this.terraforms = terraforms;
        this.config = config;
        this.further = Map.copyOf(further);
        this.folder = folder;
        this.cancel = cancel;
        this.listener = listener;
    }

    /** @param before what came of the stacks that were planned before this one */
    LocalOutcome plan(StackId id, Map<StackId, LocalOutcome> before) {
        List<String> problems = code.catalog().obstacles(id);
        Optional<Stack> stack = code.catalog().find(id);
        if (stack.isEmpty() || !problems.isEmpty()) {
            return new LocalOutcome.Failed(id, TerminalText.safe(String.join("\n", problems)));
        }
        Map<String, String> environment =
                new TreeMap<>(config.environmentFor(id.repository(), id.folder(), EnvironmentRule.Phase.PLAN));
        environment.putAll(further);
        LocalInputs.Values values = inputs.of(stack.get(), before, environment);
        if (values instanceof LocalInputs.Later later) {
            return new LocalOutcome.Waiting(id, TerminalText.safe(later.reason()));
        }
        if (values instanceof LocalInputs.Missing missing) {
            return new LocalOutcome.Failed(id, TerminalText.safe(missing.reason()));
        }
        Terraforms.Choice choice = choice(stack.get());
        if (choice instanceof Terraforms.Refused refused) {
            return new LocalOutcome.Failed(id, TerminalText.safe(refused.reason()));
        }
        Workspace workspace = new WorkspaceFolders(folder).of(id.repository(), id.folder(), id.path());
        return new OnePlan(
                        stack.get(),
                        ((Terraforms.Chosen) choice).cli(),
                        (LocalInputs.Known) values,
                        environment,
                        workspace)
                .run();
    }

    private Terraforms.Choice choice(Stack stack) {
        try {
            listener.accept("looking for the Terraform of " + stack.id());
            return terraforms.choose(Wish.of(
                    stack.config().terraform().map(Object::toString),
                    stack.code().requiredVersions(),
                    stack.id().path()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Terraforms.Refused("stopped while looking for Terraform");
        }
    }

    /** One plan, from laying out its code to its report. */
    private final class OnePlan {
        private final Stack stack;
        private final TerraformCli terraform;
        private final LocalInputs.Known values;
        private final Map<String, String> environment;
        private final Workspace workspace;
        private final List<String> notes = new ArrayList<>();
        private Secrets secrets;

        OnePlan(
                Stack stack,
                TerraformCli terraform,
                LocalInputs.Known values,
                Map<String, String> environment,
                Workspace workspace) {
            this.stack = stack;
            this.terraform = terraform;
            this.values = values;
            this.environment = environment;
            this.workspace = workspace;
            this.secrets = values.secrets().plus(terraform.secrets());
        }

        LocalOutcome run() {
            listener.accept("laying out " + stack.id());
            workspace.clear();
            workspace.name(stack.config().workspace());
            Export export = TreeExport.export(code.tree(), stack.closure().entries(), workspace.root());
            if (export instanceof Export.Refused refused) {
                return failed(refused.path() + ": " + refused.why());
            }
            Optional<UntrustedCode.Refusal> refusal = new UntrustedCode().inspect(workspace.root());
            if (refusal.isPresent()) {
                return failed(refusal.get().toString());
            }
            ((Export.Done) export)
                    .skipped()
                    .forEach(skipped -> notes.add(skipped.path() + " is left out: " + skipped.why()));
            stack.missingFiles().forEach(path -> notes.add("the code reads " + path + ", which is not there"));
            try {
                layState();
            } catch (StateFormatException e) {
                return failed(states.file(stack.id()) + " can't be read: " + e.getMessage());
            }
            return initialise();
        }

        private void layState() {
            if (!stack.managedState()) {
                return;
            }
            Optional<byte[]> state = states.of(stack.id());
            if (state.isEmpty()) {
                notes.add(
                        "no terraform.tfstate stands beside the code, so it is planned as if it had never been applied");
                return;
            }
            secrets = secrets.plus(StateFile.parse(state.get()).secrets());
            workspace.makeStateFolder();
            writePrivate(workspace.stateFile(), state.get());
        }

        private LocalOutcome initialise() {
            listener.accept("initialising " + stack.id());
            Initialisation result = terraform.initialise(workspace, needs(), environment, event -> {}, cancel);
            if (result instanceof Initialisation.Initialised) {
                return plan();
            }
            if (result instanceof Initialisation.Failed failed) {
                return failed(text(failed.diagnostics()));
            }
            return failed(
                    result instanceof Initialisation.TimedOut
                            ? "terraform init took too long; is a registry or a module's source down?"
                            : "stopped");
        }

        private LocalOutcome plan() {
            listener.accept("planning " + stack.id());
            List<Path> variables = new ArrayList<>();
            stack.config()
                    .varFiles()
                    .forEach(file -> variables.add(workspace.stackFolder().resolve(file)));
            if (!values.json().isEmpty()) {
                Path file = workspace.folder().resolve("inputs.tfvars.json");
                writePrivate(file, VariablesFile.of(values.json()).getBytes(StandardCharsets.UTF_8));
                variables.add(file);
            }
            PlanCommand command = PlanCommand.normal(
                            workspace, workspace.folder().resolve("plan"))
                    .withVariables(variables)
                    .withEnvironment(environment)
                    .withTimeLimit(config.limits().planTimeout());
            PlanOutcome outcome = terraform.plan(command, event -> {}, cancel);
            if (outcome instanceof PlanOutcome.Planned planned) {
                return report(planned.planFile());
            }
            if (outcome instanceof PlanOutcome.Failed failed) {
                return failed(text(failed.diagnostics()));
            }
            return failed(
                    outcome instanceof PlanOutcome.TimedOut
                            ? "the plan took longer than "
                                    + config.limits().planTimeout().toMinutes()
                                    + " minutes (limits.plan_timeout in server.yaml)"
                            : "stopped");
        }

        private LocalOutcome report(Path planFile) {
            PlanReading read = new PlanInspection(terraform, PlanInspection.SchemaCache.none())
                    .read(workspace, planFile, stack.init().providers(), environment);
            if (read instanceof PlanReading.Unreadable unreadable) {
                return failed("the plan can't be read: " + unreadable.reason());
            }
            Plan plan = ((PlanReading.Read) read).plan();
            secrets = secrets.plus(plan.secretsOf(stack.code().sensitiveVariables()));
            if (plan.hasChanges()) {
                policies.judge(stack.id().folder(), plan)
                        .findings()
                        .forEach(finding -> notes.add(finding.of(stack.id().folder())));
            }
            PlanReport report = PlanReport.of(stack.id().toString(), plan, SensitiveSchema.none(), secrets);
            List<String> safe = notes.stream()
                    .map(note -> TerminalText.safeLine(report.masker().mask(note)))
                    .toList();
            return new LocalOutcome.Planned(stack.id(), plan, report, safe);
        }

        private LocalOutcome.Failed failed(String reason) {
            return new LocalOutcome.Failed(
                    stack.id(), TerminalText.safe(secrets.masker().mask(reason)));
        }

        /** What {@code init} depends on. The workspace is new, so all that counts is whether there is anything. */
        private InitialisationNeeds needs() {
            if (!stack.init().any()) {
                return InitialisationNeeds.none();
            }
            return new InitialisationNeeds(
                    stack.init().providers() ? List.of("providers") : List.of(),
                    stack.closure().parts().stream()
                            .filter(part -> part.via() == Closure.Via.MODULE)
                            .map(Closure.Part::owner)
                            .toList(),
                    stack.code().backend().map(Backend::stableText).orElse("none"));
        }

        private String text(List<Diagnostic> diagnostics) {
            return diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n\n"));
        }
    }

    private static void writePrivate(Path file, byte[] content) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, content);
        } catch (IOException e) {
            throw new CliException(1, "can't write " + file, "Check the free space of the temporary folder.", e);
        }
    }
}
