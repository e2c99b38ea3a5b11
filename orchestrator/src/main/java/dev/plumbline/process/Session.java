package dev.plumbline.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The processes that one command started, found by their session id: grandchildren whose parent died are still in it.
 * The kernel gives a session's number to no other process while one member lives.
 */
final class Session {
    private static final int PASSES = 50;
    private static final Duration BETWEEN_PASSES = Duration.ofMillis(10);

    private final ProcStat leader;
    private final Supplier<LongPredicate> pids;

    Session(ProcStat leader) {
        this(leader, () -> pid -> true);
    }

    private Session(ProcStat leader, Supplier<LongPredicate> pids) {
        this.leader = leader;
        this.pids = pids;
    }

    /** The session of a leader that was started just now. */
    static Session begun(long leader) {
        PidRange range = PidRange.from(leader);
        // One that ended before it could be looked at: whoever has its number now is a stranger.
        ProcStat found = ProcStat.of(leader).orElseGet(() -> new ProcStat(leader, 'X', 0, leader, -1));
        return new Session(found, range::now);
    }

    /** Living members, the leader too. Empty where the number has meanwhile become another process's. */
    List<ProcStat> members() {
        Optional<ProcStat> holder = ProcStat.of(leader.pid());
        if (holder.isPresent() && !holder.get().is(leader)) {
            return List.of();
        }
        return ProcStat.all(pids.get()).stream()
                .filter(process -> process.session() == leader.pid() && process.alive())
                .toList();
    }

    void kill() {
        kill(process -> true);
    }

    /** Kills again until none is left, since a member may have started another while it was looked for. */
    void kill(Predicate<ProcStat> which) {
        for (int pass = 0; pass < PASSES; pass++) {
            List<ProcStat> left = members().stream().filter(which).toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
            LockSupport.parkNanos(BETWEEN_PASSES.toNanos());
        }
    }
}
