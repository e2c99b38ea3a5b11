package dev.plumbline.run;

import dev.plumbline.stack.StackId;
import dev.plumbline.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Lets queued runs in: one live run for each stack, and at most so many on this machine. A plan keeps a core busy; an apply
 * mostly waits for the cloud, so it needs memory only, and never takes a plan's place. Applies go before plans, plans before
 * drift checks, and among equals the oldest goes first; a run whose lane is taken never holds up another stack's.
 */
public final class Lanes {
    private final int plans;
    private final int all;

    /**
     * @param plans how many plans and drift checks may be live at the same time
     * @param all how many runs of all phases may be
     */
    public Lanes(int plans, int all) {
        this.plans = plans;
        this.all = all;
    }

    /** How many plans and drift checks may be live at the same time. */
    public int plans() {
        return plans;
    }

    /** How many runs of all phases may be live at the same time. */
    public int all() {
        return all;
    }

    /** The runs that were let in just now, each as {@link RunState#PREPARING} with a new token. */
    List<RunId> admit(Transaction transaction) {
        Handle handle = transaction.handle();
        int applying = live(handle, true);
        int planning = live(handle, false);
        List<Candidate> candidates = new ArrayList<>(candidates(handle, true, all - applying - planning));
        int left = all - applying - planning - candidates.size();
        candidates.addAll(candidates(handle, false, Math.min(left, plans - planning)));
        return candidates.stream().map(candidate -> let(transaction, candidate)).toList();
    }

    private record Candidate(RunId run, StackId stack) {}

    private static int live(Handle handle, boolean applies) {
        return handle.createQuery("""
                        SELECT COUNT(*) FROM run
                         WHERE state IN ('preparing', 'planning', 'applying') AND (phase = 'apply') = :applies
                        """)
                .bind("applies", applies)
                .mapTo(Integer.class)
                .one();
    }

    /** The first of each free lane, the most urgent lanes first. */
    private static List<Candidate> candidates(Handle handle, boolean applies, int free) {
        if (free <= 0) {
            return List.of();
        }
        // By priority, which the index of queued runs knows: else each enqueuing would read the whole queue for an
        // apply in it.
        // COALESCE keeps SQLite from seeking the stack's other runs in that index, too: it would read the whole queue
        // for each.
        return handle.createQuery("""
                        SELECT r.number, r.repository, r.folder FROM run r
                          LEFT JOIN lane l ON l.repository = r.repository AND l.folder = r.folder
                         WHERE r.state = 'queued' AND l.holder IS NULL AND r.priority BETWEEN :first AND :last
                           AND NOT EXISTS (SELECT 1 FROM run o
                                            WHERE COALESCE(o.state, '') = 'queued' AND o.repository = r.repository
                                              AND o.folder = r.folder
                                              AND (o.priority < r.priority
                                                   OR (o.priority = r.priority AND o.number < r.number)))
                         ORDER BY r.priority, r.number LIMIT :free
                        """)
                .bind("first", applies ? 0 : Phase.APPLY.priority() + 1)
                .bind("last", applies ? Phase.APPLY.priority() : Integer.MAX_VALUE)
                .bind("free", free)
                .map((row, context) -> new Candidate(
                        new RunId(row.getLong("number")),
                        new StackId(row.getString("repository"), row.getString("folder"))))
                .list();
    }

    private static RunId let(Transaction transaction, Candidate candidate) {
        long token = transaction
                .handle()
                .createQuery("""
                        INSERT INTO lane (repository, folder, token, holder)
                        VALUES (:repository, :folder, 1, :run)
                        ON CONFLICT (repository, folder) DO UPDATE SET token = lane.token + 1, holder = :run
                        RETURNING token
                        """)
                .bind("repository", candidate.stack().repository())
                .bind("folder", candidate.stack().folder())
                .bind("run", candidate.run().number())
                .mapTo(Long.class)
                .one();
        transaction
                .handle()
                .createUpdate("""
                        UPDATE run SET state = 'preparing', reason = 'preparing its workspace', token = :token,
                               started_at = :now
                         WHERE number = :run
                        """)
                .bind("token", token)
                .bind("now", transaction.now().toEpochMilli())
                .bind("run", candidate.run().number())
                .execute();
        return candidate.run();
    }

    /** Frees the lane, where the run still holds it. */
    void release(Transaction transaction, Run run) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE lane SET holder = NULL
                         WHERE repository = :repository AND folder = :folder AND holder = :run
                        """)
                .bind("repository", run.stack().repository())
                .bind("folder", run.stack().folder())
                .bind("run", run.id().number())
                .execute();
    }

    /** Whether a token is the lane's latest; asked in the same transaction as the write that depends on it. */
    static boolean isLatest(Handle handle, StackId stack, FencingToken token) {
        return handle.createQuery("SELECT token FROM lane WHERE repository = :repository AND folder = :folder")
                        .bind("repository", stack.repository())
                        .bind("folder", stack.folder())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L)
                == token.value();
    }
}
