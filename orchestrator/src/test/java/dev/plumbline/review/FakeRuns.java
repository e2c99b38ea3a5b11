package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.run.Basis;
import dev.plumbline.run.Counts;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Inputs;
import dev.plumbline.run.Phase;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.run.StateVersion;
import dev.plumbline.secret.Secrets;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanArchive;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs without Terraform, over the real ledger, lanes and states: a cloud in which each stack holds the commit that was applied
 * last, and applies whose processes outlive the server.
 */
final class FakeRuns {
    private static final String STALE = "the saved plan is stale";
    private static final Plan NOTHING = new Plan(
            "1.11.4",
            true,
            true,
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new TreeMap<>(),
            new TreeSet<>(),
            Secrets.none());

    private final Database database;
    private final RunEngine engine;
    private final Artifacts artifacts;
    private final Intents intents;
    private final Random random;
    private final Map<StackId, String> cloud = new HashMap<>();
    private final Map<RunId, RunState> processes = new HashMap<>();
    private final Set<RunId> handedOver = new HashSet<>();
    private final Map<Long, Set<String>> approved = new HashMap<>();
    private boolean calm;

    FakeRuns(Database database, RunEngine engine, Artifacts artifacts, Intents intents, Random random) {
        this.database = database;
        this.engine = engine;
        this.artifacts = artifacts;
        this.intents = intents;
        this.random = random;
    }

    /** From now on everything succeeds. */
    void calm() {
        calm = true;
    }

    void approved(long intent, String digest) {
        approved.computeIfAbsent(intent, none -> new HashSet<>()).add(digest);
    }

    String cloudOf(StackId stack) {
        return cloud.getOrDefault(stack, "nothing");
    }

    List<Run> live() {
        return engine.ledger().active().stream()
                .filter(run -> run.state().live())
                .toList();
    }

    /** Takes a live run one transaction further. */
    void step(Run run) {
        if (run.cancelled() != null && run.state() != RunState.APPLYING) {
            move(run, RunState.CANCELLED, "asked to stop");
        } else if (run.state() == RunState.APPLYING) {
            follow(run);
        } else if (run.state() == RunState.PLANNING) {
            plan(run);
        } else if (run.order().phase() == Phase.APPLY) {
            handOver(run);
        } else {
            move(run, RunState.PLANNING, "planning");
        }
    }

    /** What a server does with live runs at its start; a process that the machine's own end took is not found. */
    void recover() {
        for (Run run : live()) {
            if (run.state() == RunState.PLANNING) {
                database.change(transaction -> engine.ledger().requeue(transaction, run, "queued again"));
            } else if (run.state() == RunState.APPLYING && (!processes.containsKey(run.id()) || unlucky(5))) {
                processes.remove(run.id());
                approved.remove(run.order().forWhom().number());
                move(run, RunState.LOST, "no process of it is known");
            }
        }
    }

    private void plan(Run run) {
        if (unlucky(12)) {
            move(run, RunState.FAILED, "the code is wrong");
            return;
        }
        String wanted = run.order().commit().hex();
        boolean same = cloudOf(run.stack()).equals(wanted);
        String digest = cloudOf(run.stack()) + " becomes " + wanted;
        Stack stack = engine.catalogs()
                .of(run.stack().repository(), run.order().tree())
                .find(run.stack())
                .orElseThrow();
        Inputs.Known inputs = (Inputs.Known) engine.inputs().resolve(stack, GivenOutputs.NONE);
        Basis basis = new Basis(
                stack.closure().hash(),
                stateVersion(run.stack()),
                inputs.digest(),
                engine.programs().nameFor(stack));
        artifacts.put("runs/" + run.id() + "/model", PlanArchive.toBytes(NOTHING));
        database.change(transaction -> engine.ledger()
                .planned(
                        transaction,
                        run,
                        same ? RunState.NO_CHANGES : RunState.PLANNED,
                        "planned",
                        new PlanFacts(basis, digest, "file", new Counts(same ? 0 : 1, 0, 0, 0))));
    }

    private void handOver(Run run) {
        Run plan =
                engine.ledger().find(Objects.requireNonNull(run.order().plan())).orElseThrow();
        PlanFacts facts = Objects.requireNonNull(plan.facts());
        if (facts.basis().stateVersion() != stateVersion(run.stack())) {
            move(run, RunState.FAILED, STALE + ": its state moved on");
            return;
        }
        boolean first = database.write(transaction -> {
            boolean given = engine.ledger().handOver(transaction, plan.id());
            engine.ledger()
                    .move(
                            transaction,
                            run,
                            given ? RunState.APPLYING : RunState.FAILED,
                            given ? "applying" : STALE + ": handed over before");
            return given;
        });
        if (first) {
            assertThat(handedOver.add(plan.id()))
                    .as("the plan of %s is handed over once", plan.id())
                    .isTrue();
            assertSeen(run, facts.digest());
            if (!unlucky(3)) {
                processes.put(run.id(), unlucky(6) ? RunState.FAILED : RunState.APPLIED);
                cloud.put(
                        run.stack(),
                        run.order().commit().hex() + (processes.get(run.id()) == RunState.FAILED ? "?" : ""));
            }
        }
    }

    /** Promise 1: what is applied was seen before the merge, or approved, or needs neither. */
    private void assertSeen(Run run, String digest) {
        long id = run.order().forWhom().number();
        Intent intent = intents.find(id).orElseThrow();
        RunId reviewed = intent.reviewed();
        boolean seen = reviewed != null
                && engine.ledger()
                        .find(reviewed)
                        .map(Run::facts)
                        .map(facts -> facts.digest().equals(digest))
                        .orElse(false);
        boolean known = intent.lost() == null;
        boolean allowed = intent.promise().rule() == Intent.Rule.APPLY;
        assertThat((seen || allowed) && known
                        || approved.getOrDefault(id, Set.of()).contains(digest))
                .as("%s applies what was seen or approved: %s", run.id(), intent)
                .isTrue();
    }

    private void follow(Run run) {
        RunState end = processes.get(run.id());
        if (end == null) {
            approved.remove(run.order().forWhom().number());
            move(run, RunState.LOST, "it was given up before it had begun");
            return;
        }
        long serial =
                engine.states().current(run.stack()).map(StateVersion::serial).orElse(0L);
        boolean taken =
                database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM state_version WHERE run = :run")
                                .bind("run", run.id().number())
                                .mapTo(Long.class)
                                .one())
                        > 0;
        if (!taken) {
            engine.states().takeBack(run, run.stack(), run.stack(), """
                            {"version":4,"terraform_version":"1.11.4","serial":%d,"lineage":"one","outputs":{},"resources":[]}
                            """.formatted(serial + 1)
                    .getBytes(StandardCharsets.UTF_8));
        }
        move(run, end, end.word());
    }

    private void move(Run run, RunState next, String reason) {
        database.change(transaction -> engine.ledger().move(transaction, run, next, reason));
    }

    private long stateVersion(StackId stack) {
        return engine.states().current(stack).map(StateVersion::version).orElse(0L);
    }

    private boolean unlucky(int oneIn) {
        return !calm && random.nextInt(oneIn) == 0;
    }
}
