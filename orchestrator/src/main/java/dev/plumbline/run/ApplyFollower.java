package dev.plumbline.run;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.process.CancelSignal;
import dev.plumbline.process.Orphans;
import dev.plumbline.stack.Stack;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.ApplyOutcome;
import dev.plumbline.terraform.ApplyRun;
import dev.plumbline.terraform.JsonOutcome;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.event.TerraformEvent;
import dev.plumbline.terraform.event.TerraformEvent.ResourceStep;
import dev.plumbline.terraform.plan.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Follows a running apply, started by this process or adopted from one that died, to its end; then takes its state back. */
final class ApplyFollower {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Set<TerraformEvent.Step> WORTH_TELLING = EnumSet.of(
            TerraformEvent.Step.APPLY_COMPLETE, TerraformEvent.Step.APPLY_ERRORED, TerraformEvent.Step.APPLY_PROGRESS);

    private final Database database;
    private final RunLedger ledger;
    private final StateVault states;
    private final AppliedStacks applied;
    private final Artifacts artifacts;
    private final KeptPlans plans;
    private final Catalogs catalogs;
    private final Programs programs;
    private final Clock clock;
    private final ServerConfig config;
    private final BooleanSupplier stopping;

    /**
     * @param stopping whether the server is stopping: then the apply is left to itself, to be adopted at the next start
     */
    ApplyFollower(
            Database database,
            RunLedger ledger,
            StateVault states,
            AppliedStacks applied,
            Artifacts artifacts,
            KeptPlans plans,
            Catalogs catalogs,
            Programs programs,
            Clock clock,
            ServerConfig config,
            BooleanSupplier stopping) {
        this.database = database;
        this.ledger = ledger;
        this.states = states;
        this.applied = applied;
        this.artifacts = artifacts;
        this.plans = plans;
        this.catalogs = catalogs;
        this.programs = programs;
        this.clock = clock;
        this.config = config;
        this.stopping = stopping;
    }

    /** Takes up an apply that another process started; that one knew its plan's secrets, so this one must learn them. */
    void adopt(Run run, ApplyRun apply, Workspace workspace, RunLog log, CancelSignal cancel)
            throws InterruptedException {
        RunId plan = Objects.requireNonNull(run.order().plan(), "an apply has a plan");
        log.conceal(plans.secrets(plan));
        follow(run, apply, workspace, log, cancel);
    }

    void follow(Run run, ApplyRun apply, Workspace workspace, RunLog log, CancelSignal cancel)
            throws InterruptedException {
        Instant began = run.startedAt() == null ? clock.instant() : run.startedAt();
        Instant deadline = began.plus(config.limits().applyTimeout());
        long offset = 0;
        ApplyOutcome outcome = apply.outcome();
        while (outcome instanceof ApplyOutcome.Running) {
            if (stopping.getAsBoolean()) {
                return;
            }
            offset = apply.follow(offset, event -> hear(event, log));
            boolean late = clock.instant().isAfter(deadline);
            if (cancel.isCancelled() || late) {
                log.tell(late ? "it takes longer than limits.apply_timeout allows; stopping it" : "stopping it");
                outcome = apply.terminate(config.limits().grace());
            } else {
                outcome = apply.await(LOOK);
            }
        }
        apply.follow(offset, event -> hear(event, log));
        end(run, outcome, apply, workspace, log);
    }

    private static void hear(TerraformEvent event, RunLog log) {
        if (event instanceof ResourceStep step && WORTH_TELLING.contains(step.step())) {
            log.tell(event.message());
        } else {
            log.write(event.message());
        }
    }

    /** Takes the state back whatever came of it: Terraform rewrites it after each resource. */
    private void end(Run run, ApplyOutcome outcome, ApplyRun apply, Workspace workspace, RunLog log) {
        if (!(outcome instanceof ApplyOutcome.Applied)) {
            // Terraform died before its provisioners did: what is left of them must not work on while the stack is
            // planned again.
            Orphans.kill(workspace.folder());
        }
        Optional<Stack> stack = stack(run);
        boolean left = Files.isRegularFile(workspace.stateFile());
        // The code of a stack with a backend may have made a file of that name, too.
        boolean managed = stack.map(Stack::managedState).orElse(left);
        @Nullable String outputs = null;
        Optional<Path> errored = apply.erroredState();
        errored.ifPresent(file -> artifacts.put("runs/" + run.id() + "/errored.tfstate", read(file)));
        // Managed state is taken back from wherever Terraform put it; a backend's is a person's to push.
        boolean unsaved = errored.isPresent() && !managed;
        if (managed && (left || errored.isPresent())) {
            LeftState file = LeftState.read(workspace.stateFile(), errored);
            @Nullable StateFile state = file.state();
            if (state != null) {
                states.takeBack(run, run.stack(), run.stateOf(), file.content());
                outputs = applied.keep(outputsOf(state));
            } else {
                artifacts.put("runs/" + run.id() + "/damaged.tfstate", file.content());
                outcome = new ApplyOutcome.Lost("it left a damaged state file, which is kept beside " + run.id()
                        + "; the state before it stays in force");
            }
        } else if (outcome instanceof ApplyOutcome.Applied && !run.order().destroy()) {
            outputs = outputsOfBackend(run, workspace, log);
        }
        record(run, outcome, stack, outputs, unsaved, log);
    }

    /** The stack as it was planned. */
    private Optional<Stack> stack(Run run) {
        RunId plan = Objects.requireNonNull(run.order().plan(), "an apply has a plan");
        String tree = ledger.find(plan).orElseThrow().order().tree();
        return catalogs.of(run.stack().repository(), tree).find(run.stack());
    }

    private void record(
            Run run,
            ApplyOutcome outcome,
            Optional<Stack> stack,
            @Nullable String outputs,
            boolean unsaved,
            RunLog log) {
        RunState end = stateOf(run, outcome);
        String reason = log.masked(reason(run, outcome));
        log.tell(end == RunState.APPLIED ? "applied: " + reason : end.word() + ": " + reason);
        database.change(transaction -> {
            if (end == RunState.APPLIED) {
                if (run.order().destroy()) {
                    applied.forget(transaction, run.stack());
                } else {
                    applied.applied(transaction, run, run.order().commit(), stack, basis(run), outputs);
                }
            }
            if (unsaved) {
                applied.quarantine(
                        transaction,
                        run.stack(),
                        run.id()
                                + " could not save its state, which is kept: plumbline state push --errored "
                                + run.stack().typed()
                                + " writes it to the backend and lets the stack go on; plumbline state"
                                + " pull --errored " + run.stack().typed() + " shows it");
            }
            transaction.record(
                    "plumbline", "apply", run.stack().qualified(), run.id() + " " + end.word() + ": " + reason);
            ledger.move(transaction, run, end, reason);
        });
        RunId plan = run.order().plan();
        if (plan != null && end == RunState.APPLIED) {
            plans.forgetFile(plan);
        }
    }

    private Basis basis(Run run) {
        RunId plan = Objects.requireNonNull(run.order().plan(), "an apply has a plan");
        PlanFacts facts = ledger.find(plan).orElseThrow().facts();
        return Objects.requireNonNull(facts, "an applied plan has facts").basis();
    }

    private RunState stateOf(Run run, ApplyOutcome outcome) {
        if (outcome instanceof ApplyOutcome.Applied) {
            return RunState.APPLIED;
        }
        if (outcome instanceof ApplyOutcome.Lost) {
            return RunState.LOST;
        }
        boolean asked =
                ledger.find(run.id()).map(now -> now.cancelled() != null).orElse(false);
        return asked ? RunState.CANCELLED : RunState.FAILED;
    }

    private static String reason(Run run, ApplyOutcome outcome) {
        if (outcome instanceof ApplyOutcome.Applied) {
            return run.reason().replaceFirst("^applying ", "");
        }
        if (outcome instanceof ApplyOutcome.Lost lost) {
            return lost.reason();
        }
        String text = ApplyRunner.text(((ApplyOutcome.Failed) outcome).diagnostics());
        boolean stale = text.contains("Saved plan is stale")
                // Of another lineage: somebody put another state there.
                || text.contains("Saved plan does not match the given state");
        return stale ? Run.STALE + ": " + text : text;
    }

    private @Nullable String outputsOfBackend(Run run, Workspace workspace, RunLog log) {
        JsonOutcome outcome = programs.named(basis(run).terraform())
                .outputs(
                        workspace,
                        config.environmentFor(
                                run.stack().repository(), run.stack().folder(), EnvironmentRule.Phase.APPLY));
        if (!(outcome instanceof JsonOutcome.Read read)) {
            log.tell("its outputs can't be read, so stacks that read them see the former ones: "
                    + ((JsonOutcome.Failed) outcome).diagnostic());
            return null;
        }
        SortedMap<String, AppliedStacks.Output> outputs = new TreeMap<>();
        new ObjectMapper()
                .readTree(read.json())
                .properties()
                .forEach(entry -> outputs.put(
                        entry.getKey(),
                        new AppliedStacks.Output(
                                entry.getValue().get("value").toString(),
                                entry.getValue().path("sensitive").asBoolean())));
        return applied.keep(outputs);
    }

    static SortedMap<String, AppliedStacks.Output> outputsOf(StateFile state) {
        SortedMap<String, AppliedStacks.Output> outputs = new TreeMap<>();
        state.outputs()
                .forEach((name, output) ->
                        outputs.put(name, new AppliedStacks.Output(output.json(), output.sensitive())));
        return outputs;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't read " + file, cause);
        }
    }
}
