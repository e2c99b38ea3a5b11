package dev.plumbline.run;

import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.process.CancelSignal;
import dev.plumbline.process.DurableCommandException;
import dev.plumbline.stack.Stack;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.ApplyCommand;
import dev.plumbline.terraform.Initialisation;
import dev.plumbline.terraform.ReadyApply;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.event.Diagnostic;
import dev.plumbline.terraform.install.Terraforms;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Applies a plan file that was made before, exactly as it is and at most once. The process it starts outlives this one; what
 * happens once that runs is {@link ApplyFollower}'s.
 */
final class ApplyRunner {
    private final Database database;
    private final RunLedger ledger;
    private final Catalogs catalogs;
    private final Checkout checkout;
    private final BackendChange change;
    private final StackInputs inputs;
    private final Programs programs;
    private final KeptPlans plans;
    private final ApplyFollower follower;

    ApplyRunner(
            Database database,
            RunLedger ledger,
            Catalogs catalogs,
            Checkout checkout,
            BackendChange change,
            StackInputs inputs,
            Programs programs,
            KeptPlans plans,
            ApplyFollower follower) {
        this.database = database;
        this.ledger = ledger;
        this.catalogs = catalogs;
        this.checkout = checkout;
        this.change = change;
        this.inputs = inputs;
        this.programs = programs;
        this.plans = plans;
        this.follower = follower;
    }

    /** Prepares the workspace, hands the plan over, and follows the apply to its end. */
    void run(Run preparing, RunFolder folder, RunLog log, CancelSignal cancel) throws InterruptedException {
        RunId planId = Objects.requireNonNull(preparing.order().plan(), "an apply has a plan");
        Run plan = ledger.find(planId).orElseThrow();
        PlanFacts facts = Objects.requireNonNull(plan.facts(), "an applied plan has facts");
        String repository = preparing.stack().repository();
        Stack stack = catalogs.of(repository, plan.order().tree())
                .find(preparing.stack())
                .orElseThrow(() -> new IllegalStateException(planId + " planned a stack that its tree lacks"));
        log.conceal(plans.secrets(planId));
        // Asked when it was planned, too; since then the former code may have been applied once more.
        Optional<String> leftBehind =
                plan.order().destroy() ? Optional.empty() : change.refusal(stack, preparing.stateOf());
        if (leftBehind.isPresent()) {
            fail(preparing, log, leftBehind.get());
            return;
        }
        Terraforms.Choice program = programs.of(stack);
        if (program instanceof Terraforms.Refused refused) {
            fail(preparing, log, refused.reason());
            return;
        }
        TerraformCli terraform = ((Terraforms.Chosen) program).cli();
        log.conceal(terraform.secrets());
        Checkout.Result result = checkout.lay(
                preparing, stack, catalogs.tree(repository, plan.order().tree()));
        if (result instanceof Checkout.Refused refused) {
            fail(preparing, log, refused.reason());
            return;
        }
        Checkout.Laid laid = (Checkout.Laid) result;
        // Equal to the plan's, or stale: so the program that applies is the one that planned.
        String moved = moved(stack, laid, terraform, facts.basis());
        if (!moved.isEmpty()) {
            fail(preparing, log, Run.STALE + ": " + moved + " while it was queued");
            return;
        }
        Map<String, String> environment = inputs.environment(stack, EnvironmentRule.Phase.APPLY);
        if (!initialised(preparing, stack, terraform, laid, planId, environment, log, cancel)) {
            return;
        }
        handOver(preparing, plan, facts, terraform, laid, folder, environment, log, cancel);
    }

    /** What moved since the plan was made, though nothing had when the apply was ordered; empty where nothing did. */
    private String moved(Stack stack, Checkout.Laid laid, TerraformCli terraform, Basis planned) {
        Inputs now = inputs.resolve(stack, GivenOutputs.NONE);
        if (now instanceof Inputs.Missing missing) {
            return missing.sentence();
        }
        return new Basis(
                        stack.closure().hash(),
                        laid.stateVersion(),
                        ((Inputs.Known) now).digest(),
                        terraform.binary().name())
                .movedSince(planned);
    }

    private boolean initialised(
            Run run,
            Stack stack,
            TerraformCli terraform,
            Checkout.Laid laid,
            RunId plan,
            Map<String, String> environment,
            RunLog log,
            CancelSignal cancel) {
        KeptPlans.Kept kept = plans.kept(plan);
        WorkspaceFiles.unpack(kept.created(), laid.workspace().root());
        kept.lockFile()
                .ifPresent(lock -> RunFolder.writePrivate(laid.workspace().lockFile(), lock));
        Initialisation initialisation = terraform.initialise(
                laid.workspace(), Checkout.needs(stack), environment, event -> log.write(event.message()), cancel);
        if (initialisation instanceof Initialisation.Initialised) {
            return true;
        }
        if (initialisation instanceof Initialisation.Cancelled) {
            end(run, log, RunState.CANCELLED, "it was stopped before it began; nothing was changed");
        } else {
            fail(
                    run,
                    log,
                    initialisation instanceof Initialisation.Failed failed
                            ? text(failed.diagnostics())
                            : "terraform init took too long; is a registry or a module's source down?");
        }
        return false;
    }

    private void handOver(
            Run preparing,
            Run plan,
            PlanFacts facts,
            TerraformCli terraform,
            Checkout.Laid laid,
            RunFolder folder,
            Map<String, String> environment,
            RunLog log,
            CancelSignal cancel)
            throws InterruptedException {
        byte[] file = plans.kept(plan.id()).file();
        if (!PlanReporter.sha256(file).equals(facts.fileDigest())) {
            fail(
                    preparing,
                    log,
                    "the kept plan file of " + plan.id() + " is not the one that was reviewed; plan it again");
            return;
        }
        if (cancel.isCancelled()) {
            end(preparing, log, RunState.CANCELLED, "it was stopped before it began; nothing was changed");
            return;
        }
        RunFolder.writePrivate(folder.plan(), file);
        // All that can break does so here: once the plan is handed over, it can't be tried again.
        ReadyApply ready = terraform.readyApply(ApplyCommand.normal(laid.workspace(), folder.plan(), folder.apply())
                .withEnvironment(environment));
        boolean first = database.write(transaction -> {
            if (!ledger.handOver(transaction, plan.id())) {
                ledger.move(transaction, preparing, RunState.FAILED, Run.STALE + ": it was handed to Terraform before");
                return false;
            }
            ledger.move(transaction, preparing, RunState.APPLYING, "applying " + facts.counts());
            return true;
        });
        if (!first) {
            return;
        }
        Run applying = ledger.find(preparing.id()).orElseThrow();
        log.tell("applying the plan of " + plan.id() + " (" + applying.id() + "): " + facts.counts());
        try {
            follower.follow(applying, ready.start(), laid.workspace(), log, cancel);
        } catch (DurableCommandException notStarted) {
            fail(applying, log, "Terraform could not be started: " + notStarted.getMessage());
        }
    }

    private void fail(Run run, RunLog log, String reason) {
        end(run, log, RunState.FAILED, reason);
    }

    private void end(Run run, RunLog log, RunState state, String reason) {
        String shown = log.masked(reason);
        log.tell(state.word() + ": " + shown);
        database.change(transaction -> ledger.move(transaction, run, state, shown));
    }

    static String text(List<Diagnostic> diagnostics) {
        return StateLock.explained(
                diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n\n")));
    }
}
