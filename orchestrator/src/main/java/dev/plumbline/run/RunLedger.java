package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Every run there ever was and where it stands; the only writer of the table of runs. */
public final class RunLedger {
    private static final Duration PATIENCE_PER_RUN = Duration.ofMillis(5);
    private static final Duration LONGEST_PATIENCE = Duration.ofMillis(500);

    private final Database database;
    private final Advances advances;
    private final Lanes lanes;

    public RunLedger(Database database, Advances advances, Lanes lanes) {
        this.database = database;
        this.advances = advances;
        this.lanes = lanes;
    }

    /** Queues a run; it starts when its stack's lane and a place are free. */
    public RunId enqueue(Transaction transaction, Run.Order order) {
        RunId id = new RunId(transaction.next("run"));
        RunId plan = order.plan();
        StackId origin = order.origin();
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO run (number, repository, folder, phase, destroy, origin, commit_sha, tree, subject,
                                         plan_run, given, priority, state, reason, handed_over, queued_at)
                        VALUES (:number, :repository, :folder, :phase, :destroy, :origin, :commit, :tree, :subject,
                                :plan, :given, :priority, :state, :reason, FALSE, :now)
                        """)
                .bind("number", id.number())
                .bind("repository", order.stack().repository())
                .bind("folder", order.stack().folder())
                .bind("phase", order.phase().word())
                .bind("destroy", order.destroy())
                .bind("origin", origin == null ? null : origin.folder())
                .bind("commit", order.commit().hex())
                .bind("tree", order.tree())
                .bind("subject", order.forWhom().toString())
                .bind("plan", plan == null ? null : plan.number())
                .bind("given", order.given().text())
                .bind("priority", order.phase().priority())
                .bind("state", RunState.QUEUED.word())
                .bind("reason", "queued")
                .bind("now", transaction.now().toEpochMilli())
                .execute();
        admit(transaction);
        return id;
    }

    /** Lets waiting runs in where lanes and places are free; called after everything that frees one. */
    public void admit(Transaction transaction) {
        for (RunId admitted : lanes.admit(transaction)) {
            advances.mark(transaction, Run.subject(admitted));
        }
    }

    /**
     * Records that a live run goes on.
     *
     * @throws LaneLostException where the run no longer holds its lane, or ended meanwhile: whoever calls must stop
     */
    public void move(Transaction transaction, Run run, RunState next, String reason) {
        int moved = update(transaction, run, next, reason)
                .bind("ended", next.ended() ? transaction.now().toEpochMilli() : null)
                .execute();
        if (moved != 1) {
            throw new LaneLostException(run);
        }
        // What is said of a change speaks of its plans' ends only, and looking at one of many stacks takes its time.
        if (next != RunState.PLANNING || !run.order().forWhom().kind().equals("change")) {
            advances.mark(transaction, run.order().forWhom(), patience(transaction, run));
        }
        if (next.ended()) {
            lanes.release(transaction, run);
            admit(transaction);
        }
    }

    /**
     * How long whoever ordered a run may wait to be told of its end: the longer, the more of its runs are still to end, since to
     * look at a change takes the longer, the more stacks it has.
     */
    private static Duration patience(Transaction transaction, Run run) {
        int others = transaction
                .handle()
                .createQuery("""
                        SELECT COUNT(*) FROM run
                         WHERE subject = :subject AND ended_at IS NULL AND number <> :number
                        """)
                .bind("subject", run.order().forWhom().toString())
                .bind("number", run.id().number())
                .mapTo(Integer.class)
                .one();
        Duration patience = PATIENCE_PER_RUN.multipliedBy(others);
        return patience.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : patience;
    }

    private static Update update(Transaction transaction, Run run, RunState next, String reason) {
        if (!run.state().mayBecome(next)) {
            throw new IllegalStateException(run.id() + " can't go from " + run.state() + " to " + next);
        }
        FencingToken token = run.token();
        return transaction
                .handle()
                .createUpdate("""
                        UPDATE run SET state = :next, reason = :reason, ended_at = :ended
                         WHERE number = :number AND state = :state AND COALESCE(token, 0) = :token
                        """)
                .bind("next", next.word())
                .bind("reason", reason)
                .bind("number", run.id().number())
                .bind("state", run.state().word())
                .bind("token", token == null ? 0 : token.value());
    }

    /** Ends a run that has planned, with what the plan says. */
    public void planned(Transaction transaction, Run run, RunState end, String reason, PlanFacts facts) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE run SET code = :code, state_version = :stateVersion, inputs = :inputs,
                               terraform = :terraform, digest = :digest, file_digest = :fileDigest, adds = :add,
                               changes = :change, destroys = :destroy, replaces = :replace
                         WHERE number = :number
                        """)
                .bindMethods(facts.basis())
                .bindMethods(facts.counts())
                .bind("digest", facts.digest())
                .bind("fileDigest", facts.fileDigest())
                .bind("number", run.id().number())
                .execute();
        move(transaction, run, end, reason);
    }

    /** Puts a run whose process died back into the queue; only for one that changed nothing yet. */
    public void requeue(Transaction transaction, Run run, String reason) {
        update(transaction, run, RunState.QUEUED, reason)
                .bindNull("ended", Types.BIGINT)
                .execute();
        lanes.release(transaction, run);
        admit(transaction);
    }

    /**
     * Marks a plan file as given to Terraform.
     *
     * @return false where it was given before: it must not be given again
     */
    public boolean handOver(Transaction transaction, RunId plan) {
        return transaction
                        .handle()
                        .createUpdate("UPDATE run SET handed_over = TRUE WHERE number = :plan AND handed_over = FALSE")
                        .bind("plan", plan.number())
                        .execute()
                == 1;
    }

    /**
     * Ends a queued run, or asks a live one to stop.
     *
     * @param end {@link RunState#CANCELLED} or {@link RunState#SUPERSEDED}
     */
    void stop(Transaction transaction, RunId id, RunState end, String reason) {
        Run run = find(transaction.handle(), id).orElseThrow();
        if (run.state() == RunState.QUEUED) {
            move(transaction, run, end, reason);
        } else if (run.state().live() && run.cancelled() == null) {
            transaction
                    .handle()
                    .createUpdate("UPDATE run SET cancel = :cancel WHERE number = :number")
                    .bind("cancel", end.word() + " " + reason)
                    .bind("number", id.number())
                    .execute();
            transaction.record("plumbline", "run", id.toString(), "asked to stop: " + reason);
        }
    }

    /** Whether nothing of the stack is queued or live. */
    public boolean idle(Handle handle, StackId stack) {
        return handle.createQuery("""
                                SELECT COUNT(*) FROM run WHERE repository = :repository AND folder = :folder
                                   AND state IN ('queued', 'preparing', 'planning', 'applying')
                                """)
                        .bind("repository", stack.repository())
                        .bind("folder", stack.folder())
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    /** Whether a run of the stack holds its lane, and with it the workspace. */
    boolean live(Handle handle, StackId stack) {
        return handle.createQuery("""
                                SELECT COUNT(*) FROM run WHERE repository = :repository AND folder = :folder
                                   AND state IN ('preparing', 'planning', 'applying')
                                """)
                        .bind("repository", stack.repository())
                        .bind("folder", stack.folder())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** One run by its number. */
    public Optional<Run> find(RunId id) {
        return database.read(handle -> find(handle, id));
    }

    /** The digest of the change that a run planned; empty for none, and while it has no plan. */
    public Optional<String> digest(@Nullable RunId id) {
        return Optional.ofNullable(id)
                .flatMap(this::find)
                .flatMap(run -> Optional.ofNullable(run.facts()))
                .map(PlanFacts::digest);
    }

    /** One run, read in a transaction that is open. */
    public Optional<Run> find(Handle handle, RunId id) {
        return handle.createQuery("SELECT * FROM run WHERE number = :number")
                .bind("number", id.number())
                .map(RunLedger::row)
                .findOne();
    }

    /** The newest runs first; all stacks' where none is given. */
    public List<Run> latest(@Nullable StackId stack, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM run
                         WHERE :folder IS NULL OR (repository = :repository AND folder = :folder)
                         ORDER BY number DESC LIMIT :limit
                        """)
                .bind("repository", stack == null ? null : stack.repository())
                .bind("folder", stack == null ? null : stack.folder())
                .bind("limit", limit)
                .map(RunLedger::row)
                .list());
    }

    /** Runs that were ordered for a change, an intent or a drift check, oldest first. */
    public List<Run> orderedBy(Subject subject) {
        return database.read(handle -> handle.createQuery("SELECT * FROM run WHERE subject = :subject ORDER BY number")
                .bind("subject", subject.toString())
                .map(RunLedger::row)
                .list());
    }

    /** Queued and live runs in the order in which they go. */
    public List<Run> active() {
        return database.read(
                handle -> handle.createQuery("""
                        SELECT * FROM run WHERE state IN ('queued', 'preparing', 'planning', 'applying')
                         ORDER BY CASE state WHEN 'queued' THEN 1 ELSE 0 END, priority, number
                        """).map(RunLedger::row).list());
    }

    private static Run row(ResultSet row, StatementContext context) throws SQLException {
        String repository = row.getString("repository");
        StackId stack = new StackId(repository, row.getString("folder"));
        String origin = row.getString("origin");
        Long plan = number(row, "plan_run");
        Run.Order order = new Run.Order(
                stack,
                Phase.of(row.getString("phase")),
                row.getBoolean("destroy"),
                origin == null ? null : new StackId(repository, origin),
                new CommitSha(row.getString("commit_sha")),
                row.getString("tree"),
                Subject.parse(row.getString("subject")),
                plan == null ? null : new RunId(plan),
                GivenOutputs.of(row.getString("given")));
        Long token = number(row, "token");
        return new Run(
                new RunId(row.getLong("number")),
                order,
                RunState.of(row.getString("state")),
                row.getString("reason"),
                token == null ? null : new FencingToken(token),
                row.getString("cancel"),
                facts(row),
                row.getBoolean("handed_over"),
                Instant.ofEpochMilli(row.getLong("queued_at")),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable PlanFacts facts(ResultSet row) throws SQLException {
        if (row.getString("digest") == null) {
            return null;
        }
        return new PlanFacts(
                new Basis(
                        row.getString("code"),
                        row.getLong("state_version"),
                        row.getString("inputs"),
                        row.getString("terraform")),
                row.getString("digest"),
                row.getString("file_digest"),
                new Counts(row.getInt("adds"), row.getInt("changes"), row.getInt("destroys"), row.getInt("replaces")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
