package dev.plumbline.run;

import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Feed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads states out of backends while people wait for them. Who asks for one that is to be read already waits for the same run; and
 * only so many wait at once, since each keeps a thread of the web server.
 */
public final class StateReads {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_WAITING = 20;

    private final StateDesk desk;
    private final RunLedger ledger;
    private final Artifacts artifacts;
    private final Feed feed;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Map<RunId, Integer> waiting = new HashMap<>();

    StateReads(StateDesk desk, RunLedger ledger, Artifacts artifacts, Feed feed) {
        this.desk = desk;
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.feed = feed;
    }

    /** What came of it. */
    public sealed interface Outcome {}

    /** The state as it is; without content where there is none. */
    public record Got(byte[] content) implements Outcome {}

    /** Its run has ended without it, or has not ended in time. */
    public record NotYet(Run run) implements Outcome {}

    /** Too many others wait already. */
    public record Full(int waiting) implements Outcome {}

    /**
     * Has a state read, and waits for it.
     *
     * @param code that says where it is
     */
    public Outcome read(StackId stack, StackCode code, String actor, Duration atMost) throws InterruptedException {
        if (!places.tryAcquire()) {
            return new Full(MOST_WAITING);
        }
        RunId run = join(stack, code, actor);
        try {
            Run ended = await(run, atMost);
            return ended.state() == RunState.APPLIED ? taken(ended) : new NotYet(ended);
        } finally {
            leave(run);
            places.release();
        }
    }

    private synchronized RunId join(StackId stack, StackCode code, String actor) {
        RunId run = ledger.active().stream()
                .filter(active -> active.stack().equals(stack))
                .filter(active -> active.order().tree().equals(code.tree()) && desk.reads(active))
                .map(Run::id)
                .findFirst()
                .orElseGet(() -> desk.ask(
                                new StateOrder(stack, StateOrder.Kind.READ, List.of(), false, actor, null),
                                code.commit(),
                                code.tree())
                        .id());
        waiting.merge(run, 1, Integer::sum);
        return run;
    }

    private Run await(RunId id, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        Run run = ledger.find(id).orElseThrow();
        while (!run.state().ended() && System.nanoTime() < end) {
            feed.await(LOOK);
            run = ledger.find(id).orElseThrow();
        }
        return run;
    }

    /** It may be gone: another server's, whose askers had it all. */
    private Outcome taken(Run ended) {
        Optional<byte[]> content = artifacts.get(StateLeftovers.pulled(ended.id()));
        return content.<Outcome>map(Got::new).orElseGet(() -> new NotYet(ended));
    }

    /** The last one to leave clears up what was read. */
    private synchronized void leave(RunId run) {
        if (waiting.merge(run, -1, Integer::sum) == 0) {
            waiting.remove(run);
            artifacts.delete(StateLeftovers.pulled(run));
        }
    }
}
