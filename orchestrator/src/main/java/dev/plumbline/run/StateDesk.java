package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.secret.Secrets;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.plan.SensitiveSchema;
import dev.plumbline.terraform.plan.StateListing;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where people ask for something to be done with a state: what changes one is queued like all other work of the stack. */
public final class StateDesk {
    private final Database database;
    private final RunLedger ledger;
    private final StateOrders orders;
    private final StateVault states;
    private final KeptPlans plans;
    private final Artifacts artifacts;

    StateDesk(
            Database database,
            RunLedger ledger,
            StateOrders orders,
            StateVault states,
            KeptPlans plans,
            Artifacts artifacts) {
        this.database = database;
        this.ledger = ledger;
        this.orders = orders;
        this.states = states;
        this.plans = plans;
        this.artifacts = artifacts;
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
     * @param commit whose code says where the state is, as long as none was applied
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
        return run.order().phase() == Phase.STATE
                && orders.find(run.order().forWhom())
                        .filter(order -> order.kind() == StateOrder.Kind.READ)
                        .isPresent();
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

    /**
     * What a state says, fit to be shown, as far as the stack's latest plan knows what is secret.
     *
     * @param address of what is asked for; empty for all of it
     */
    public StateListing shown(StackId stack, byte[] content, Optional<String> address) {
        Optional<RunId> plan = ledger.latest(stack, 100).stream()
                .filter(run -> run.order().phase() != Phase.APPLY && run.facts() != null)
                .map(Run::id)
                .findFirst();
        return StateListing.of(
                content,
                plan.map(plans::schema).orElse(SensitiveSchema.none()),
                plan.map(plans::secrets).orElse(Secrets.none()),
                address);
    }

    /** Writes down who looked at, or took, a state. */
    public void record(String actor, StackId stack, String text) {
        database.change(transaction -> transaction.record(actor, "state", stack.qualified(), text));
    }
}
