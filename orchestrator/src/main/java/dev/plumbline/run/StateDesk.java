package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.secret.Secrets;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where people ask for something to be done with a state: what changes one is queued like all other work of the stack. */
public final class StateDesk {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Database database;
    private final RunLedger ledger;
    private final StateOrders orders;
    private final StateVault states;
    private final KeptPlans plans;
    private final Artifacts artifacts;
    private final Feed feed;

    StateDesk(
            Database database,
            RunLedger ledger,
            StateOrders orders,
            StateVault states,
            KeptPlans plans,
            Artifacts artifacts,
            Feed feed) {
        this.database = database;
        this.ledger = ledger;
        this.orders = orders;
        this.states = states;
        this.plans = plans;
        this.artifacts = artifacts;
        this.feed = feed;
    }

    /** Whether a content is what an apply could not save, as it is kept beside its run. */
    static boolean leftByAnApply(String artifact) {
        return !StateLeftovers.isIncoming(artifact);
    }

    /** Keeps a content, to be named in {@link StateOrder#artifact()}. */
    public String keep(byte[] content) {
        String name = StateLeftovers.incoming(UUID.randomUUID().toString());
        artifacts.put(name, content);
        return name;
    }

    /**
     * Queues an order.
     *
     * @param commit whose code says where the state is
     * @param tree of that commit
     */
    public Run ask(StateOrder order, CommitSha commit, String tree) {
        RunId run = database.write(transaction -> ledger.enqueue(
                transaction,
                new Run.Order(
                        order.stack(),
                        Phase.STATE,
                        false,
                        null,
                        commit,
                        tree,
                        orders.add(transaction, order),
                        null,
                        GivenOutputs.NONE)));
        return ledger.find(run).orElseThrow();
    }

    /** What holds up a run that is queued, and since when; empty where nothing of its stack does. */
    public Optional<String> heldUp(Run run) {
        return ledger.active().stream()
                .filter(other ->
                        other.stack().equals(run.stack()) && other.state().live())
                .filter(other -> !other.id().equals(run.id()))
                .findFirst()
                .map(other -> "it waits for " + other.id() + " ("
                        + other.order().phase().word() + "), which holds the lane of " + run.stack() + " since "
                        + other.startedAt());
    }

    /** Who gave the order that a run carries out; empty where it is about no state. */
    public Optional<String> actor(Run run) {
        return run.order().phase() == Phase.STATE
                ? orders.find(run.order().forWhom()).map(StateOrder::actor)
                : Optional.empty();
    }

    /** Whether a run only reads a state. */
    public boolean reads(Run run) {
        return orders.find(run.order().forWhom())
                .filter(order -> order.kind() == StateOrder.Kind.READ)
                .isPresent();
    }

    /** Waits for a run to end; it may not have when the time is over. */
    public Run await(RunId id, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        Run run = ledger.find(id).orElseThrow();
        while (!run.state().ended() && System.nanoTime() < end) {
            feed.await(LOOK);
            run = ledger.find(id).orElseThrow();
        }
        return run;
    }

    /** What a run read out of a backend, once. */
    public byte[] takePulled(RunId run) {
        byte[] content = artifacts.require(StateLeftovers.pulled(run));
        artifacts.delete(StateLeftovers.pulled(run));
        return content;
    }

    /** The current managed state; empty where there is none. */
    public Optional<byte[]> managed(StackId stack) {
        return states.current(stack).map(states::read);
    }

    /**
     * The name of the state that the stack's newest apply could not save; empty where it could.
     *
     * @return fit for {@link StateOrder#artifact()} and {@link #content}
     */
    public Optional<String> errored(StackId stack) {
        return ledger.latest(stack, 1000).stream()
                .filter(run -> run.order().phase() == Phase.APPLY)
                .findFirst()
                .flatMap(run -> List.of("errored.tfstate", "damaged.tfstate").stream()
                        .map(file -> "runs/" + run.id() + "/" + file)
                        .filter(name -> artifacts.get(name).isPresent())
                        .findFirst());
    }

    public byte[] content(String artifact) {
        return artifacts.require(artifact);
    }

    /** All that was secret when the stack was planned last: what its provider calls so, too. */
    public Secrets secrets(StackId stack) {
        return ledger.latest(stack, 100).stream()
                .filter(run -> run.order().phase() != Phase.APPLY && run.facts() != null)
                .findFirst()
                .map(run -> plans.secrets(run.id()))
                .orElse(Secrets.none());
    }

    /** Writes down who looked at, or took, a state. */
    public void record(String actor, StackId stack, String text) {
        database.change(transaction -> transaction.record(actor, "state", stack.qualified(), text));
    }
}
