package dev.plumbline.run;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.process.CancelSignal;
import dev.plumbline.secret.Secrets;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.Initialisation;
import dev.plumbline.terraform.PlanCommand;
import dev.plumbline.terraform.PlanOutcome;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.TerraformVersion;
import dev.plumbline.terraform.VariablesFile;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.install.Terraforms;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.StateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans a stack: for a change, for an intent, or to find drift. */
final class PlanRunner {
    private final Database database;
    private final RunLedger ledger;
    private final Catalogs catalogs;
    private final Checkout checkout;
    private final BackendChange change;
    private final StackInputs inputs;
    private final Programs programs;
    private final PlanReporter reporter;
    private final ServerConfig.Limits limits;

    PlanRunner(
            Database database,
            RunLedger ledger,
            Catalogs catalogs,
            Checkout checkout,
            BackendChange change,
            StackInputs inputs,
            Programs programs,
            PlanReporter reporter,
            ServerConfig.Limits limits) {
        this.database = database;
        this.ledger = ledger;
        this.catalogs = catalogs;
        this.checkout = checkout;
        this.change = change;
        this.inputs = inputs;
        this.programs = programs;
        this.reporter = reporter;
        this.limits = limits;
    }

    /** Runs it to its end, and records that. */
    void run(Run preparing, RunFolder folder, RunLog log, CancelSignal cancel) throws InterruptedException {
        String treeId = preparing.order().tree();
        StackCatalog catalog = catalogs.of(preparing.stack().repository(), treeId);
        Optional<Stack> stack = catalog.find(preparing.stack());
        List<String> problems = catalog.obstacles(preparing.stack());
        if (stack.isEmpty() || !problems.isEmpty()) {
            end(
                    preparing,
                    log,
                    RunState.FAILED,
                    stack.isEmpty() ? "no such stack in this commit" : String.join("\n", problems));
            return;
        }
        Optional<String> leftBehind =
                preparing.order().destroy() ? Optional.empty() : change.refusal(stack.get(), preparing.stateOf());
        if (leftBehind.isPresent()) {
            end(preparing, log, RunState.FAILED, leftBehind.get());
            return;
        }
        Inputs values = inputs.resolve(stack.get(), preparing.order().given());
        if (values instanceof Inputs.Missing missing) {
            end(preparing, log, RunState.FAILED, missing.sentence());
            return;
        }
        Terraforms.Choice program = programs.of(stack.get());
        if (program instanceof Terraforms.Refused refused) {
            end(preparing, log, RunState.FAILED, refused.reason());
            return;
        }
        Checkout.Result result = checkout.lay(
                preparing, stack.get(), catalogs.tree(preparing.stack().repository(), treeId));
        if (result instanceof Checkout.Refused refused) {
            end(preparing, log, RunState.FAILED, refused.reason());
            return;
        }
        Run planning = database.write(transaction -> {
            ledger.move(transaction, preparing, RunState.PLANNING, "planning");
            log.tell(transaction, "planning " + preparing.order().commit().abbreviated() + " (" + preparing.id() + ")");
            return ledger.find(transaction.handle(), preparing.id()).orElseThrow();
        });
        new OnePlan(
                        planning,
                        stack.get(),
                        ((Terraforms.Chosen) program).cli(),
                        (Checkout.Laid) result,
                        (Inputs.Known) values,
                        folder,
                        log,
                        cancel)
                .run();
    }

    private void end(Run run, RunLog log, RunState state, String reason) {
        String shown = log.masked(reason);
        log.write(state.word() + ": " + shown);
        // A change's report has all of it; whoever waits for a merge sees it now or never.
        boolean reportedLater = run.order().forWhom().kind().equals("change");
        String said =
                state.word() + ": " + (reportedLater ? shown.lines().findFirst().orElse("") : shown);
        database.change(transaction -> {
            log.say(transaction, said);
            ledger.move(transaction, run, state, shown);
        });
    }

    /** One plan in a workspace that is laid out. */
    private final class OnePlan {
        private final Run run;
        private final Stack stack;
        private final TerraformCli terraform;
        private final Checkout.Laid laid;
        private final Inputs.Known values;
        private final RunFolder folder;
        private final RunLog log;
        private final CancelSignal cancel;
        private final Map<String, String> environment;

        OnePlan(
                Run run,
                Stack stack,
                TerraformCli terraform,
                Checkout.Laid laid,
                Inputs.Known values,
                RunFolder folder,
                RunLog log,
                CancelSignal cancel) {
            this.run = run;
            this.stack = stack;
            this.terraform = terraform;
            this.laid = laid;
            this.values = values;
            this.folder = folder;
            this.log = log;
            this.cancel = cancel;
            this.environment = inputs.environment(
                    stack,
                    run.order().phase() == Phase.DRIFT ? EnvironmentRule.Phase.DRIFT : EnvironmentRule.Phase.PLAN);
        }

        void run() {
            log.conceal(values.secrets());
            log.conceal(
                    laid.state().map(state -> StateFile.parse(state).secrets()).orElse(Secrets.none()));
            log.conceal(terraform.secrets());
            laid.notes().forEach(log::write);
            undeclared().forEach(log::write);
            olderThanState().ifPresent(run.order().phase() == Phase.DRIFT ? log::write : log::tell);
            Map<Path, String> before = WorkspaceFiles.list(laid.workspace().root());
            Initialisation initialisation = terraform.initialise(
                    laid.workspace(), Checkout.needs(stack), environment, event -> log.write(event.message()), cancel);
            if (initialisation instanceof Initialisation.Initialised initialised) {
                plan(initialised, before);
            } else if (initialisation instanceof Initialisation.Failed failed) {
                end(run, log, RunState.FAILED, reporter.failure(run.id(), failed.diagnostics(), log));
            } else if (initialisation instanceof Initialisation.TimedOut) {
                end(
                        run,
                        log,
                        RunState.FAILED,
                        "terraform init took too long; is a registry or a module's source down?");
            } else {
                cancelled();
            }
        }

        /** Terraform passes over them; no error, since a rule of server.yaml may be for many stacks. */
        private List<String> undeclared() {
            return environment.keySet().stream()
                    .filter(name -> name.startsWith("TF_VAR_"))
                    .filter(name -> stack.code().variables().stream()
                            .noneMatch(variable -> name.equals("TF_VAR_" + variable.name())))
                    .map(name -> "server.yaml sets " + name + ", and the code declares no such variable")
                    .toList();
        }

        /** Terraform itself goes on without a word. */
        private Optional<String> olderThanState() {
            TerraformBinary binary = terraform.binary();
            return laid.state()
                    .map(state -> StateFile.parse(state).terraformVersion())
                    .flatMap(TerraformVersion::parse)
                    .filter(writer -> writer.compareTo(binary.version()) > 0)
                    .map(writer -> "its state was written by version " + writer + ", newer than "
                            + binary.product().title() + " " + binary.version()
                            + ", which plans now: what only the newer one knows may be lost");
        }

        private void plan(Initialisation.Initialised initialised, Map<Path, String> before) {
            PlanOutcome outcome = terraform.plan(command(), event -> log.write(event.message()), cancel);
            if (outcome instanceof PlanOutcome.Planned planned) {
                finish(planned, initialised, before);
            } else if (outcome instanceof PlanOutcome.Failed failed) {
                end(run, log, RunState.FAILED, reporter.failure(run.id(), failed.diagnostics(), log));
            } else if (outcome instanceof PlanOutcome.TimedOut) {
                end(
                        run,
                        log,
                        RunState.FAILED,
                        "the plan took longer than " + limits.planTimeout().toMinutes()
                                + " minutes (limits.plan_timeout in server.yaml)");
            } else {
                cancelled();
            }
        }

        private PlanCommand command() {
            List<Path> files = new ArrayList<>();
            stack.config()
                    .varFiles()
                    .forEach(file -> files.add(laid.workspace().stackFolder().resolve(file)));
            if (!values.json().isEmpty()) {
                RunFolder.writePrivate(
                        folder.variables(), VariablesFile.of(values.json()).getBytes(StandardCharsets.UTF_8));
                files.add(folder.variables());
            }
            PlanCommand command = PlanCommand.normal(laid.workspace(), folder.plan())
                    .withVariables(files)
                    .withEnvironment(environment)
                    .withTimeLimit(limits.planTimeout());
            return run.order().destroy() ? command.withDestroy() : command;
        }

        private void finish(
                PlanOutcome.Planned planned, Initialisation.Initialised initialised, Map<Path, String> before) {
            Workspace workspace = laid.workspace();
            PlanReading reading = reporter.read(
                    terraform, workspace, planned.planFile(), stack.init().providers(), environment);
            if (reading instanceof PlanReading.Unreadable unreadable) {
                end(run, log, RunState.FAILED, "the plan can't be read: " + unreadable.reason());
                return;
            }
            Plan plan = ((PlanReading.Read) reading).plan();
            log.conceal(plan.secrets());
            log.conceal(plan.secretsOf(stack.code().sensitiveVariables()));
            log.maskAgain();
            Basis basis = new Basis(
                    stack.closure().hash(),
                    laid.stateVersion(),
                    values.digest(),
                    terraform.binary().name());
            PlanFacts facts = reporter.keep(
                    run,
                    plan,
                    basis,
                    planned.planFile(),
                    initialised.lockFile(),
                    WorkspaceFiles.packNew(workspace.root(), before),
                    firstPlan(plan),
                    log);
            RunState end = plan.hasChanges() ? RunState.PLANNED : RunState.NO_CHANGES;
            String reason = end == RunState.PLANNED ? facts.counts().toString() : "no changes";
            // While the lane is still this run's: nobody else works here, so nothing has to be locked for it.
            workspace.clearTree();
            database.change(transaction -> {
                log.tell(transaction, end == RunState.PLANNED ? "planned: " + reason : "planned: nothing to change");
                ledger.planned(transaction, run, end, reason, facts);
            });
        }

        /** Told where the stack has no state yet: it may exist all the same. */
        private Optional<String> firstPlan(Plan plan) {
            boolean first = stack.managedState()
                    && laid.stateVersion() == 0
                    && plan.hasChanges()
                    && !run.order().destroy();
            return first ? Optional.of(StateVault.noneYet(run.stack())) : Optional.empty();
        }

        private void cancelled() {
            // Nobody wished it where the server is stopping: then it stays as it is and is queued again at the next
            // start.
            ledger.find(run.id()).flatMap(Run::wish).ifPresent(wish -> end(run, log, wish.end(), wish.reason()));
        }
    }
}
