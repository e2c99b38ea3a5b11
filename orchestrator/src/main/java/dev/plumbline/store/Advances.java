package dev.plumbline.store;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The one mechanism: whatever changed is marked, and each marked subject is one db-scheduler task that advances it.
 *
 * <p>db-scheduler ignores the scheduling of an id that is running, so each subject has a counter of marks of its own: an
 * advance reads it first, and when it has moved by the end, the subject is advanced once more, as soon as a mark of meanwhile asks
 * for that.
 */
public final class Advances implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Advances.class);
    private static final TaskDescriptor<Void> ADVANCE = TaskDescriptor.of("advance");
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    /** So many failures in a row are no hiccup any more. */
    private static final int TROUBLE = 3;

    private static final Duration STILL_AT_IT = Duration.ofSeconds(1);

    private final Database database;
    private final Clock clock;
    private final Set<Subject> advancing = ConcurrentHashMap.newKeySet();
    private final Map<Subject, String> troubles = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Scheduler scheduler;

    public Advances(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Marks a subject as changed; it is advanced once the transaction is durable. */
    public void mark(Transaction transaction, Subject subject) {
        mark(transaction, subject, Duration.ZERO);
    }

    /**
     * Marks a subject as changed, to be advanced within a time: what marks it meanwhile is taken along, so that a subject of
     * which many things are heard is not looked at for each of them.
     */
    public void mark(Transaction transaction, Subject subject, Duration within) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO dirty (subject, marked, seen) VALUES (:subject, 1, 0)
                        ON CONFLICT (subject) DO UPDATE SET marked = dirty.marked + 1
                        """)
                .bind("subject", subject.toString())
                .execute();
        SchedulerClient client = SchedulerClient.Builder.create(
                        new OpenConnection(transaction.handle().getConnection()))
                .build();
        Instant at = clock.instant().plus(within);
        if (!client.scheduleIfNotExists(ADVANCE.instance(subject.toString()).scheduledTo(at))) {
            client.getScheduledExecution(ADVANCE.instanceId(subject.toString())).ifPresent(task -> {
                if (task.isPicked()) {
                    want(transaction, subject, at);
                } else if (task.getConsecutiveFailures() == 0
                        && task.getExecutionTime().isAfter(at)) {
                    // What failed waits on purpose, however often it is marked meanwhile.
                    client.reschedule(task.getTaskInstance(), at);
                }
            });
        }
        transaction.afterCommit(() -> nudge(within));
    }

    /** Written down, since whoever marks it and whoever ends advancing it don't see each other otherwise. */
    private static void want(Transaction transaction, Subject subject, Instant at) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE dirty SET wanted = CASE WHEN wanted < :at THEN wanted ELSE :at END WHERE subject = :subject
                        """)
                .bind("at", at.toEpochMilli())
                .bind("subject", subject.toString())
                .execute();
    }

    /** {@link #mark(Transaction, Subject)} in a transaction of its own. */
    public void mark(Subject subject) {
        database.change(transaction -> mark(transaction, subject));
    }

    /**
     * Starts advancing, with everything that a former process left unfinished. The caller makes sure that no other process
     * works on this database: executions that were running are taken for dead at once.
     *
     * @param advancers by the subjects' kind
     * @param threads how many subjects are advanced at the same time
     */
    public void start(Map<String, Advancer> advancers, int threads) {
        resumeInterrupted();
        CustomTask<Void> task = Tasks.custom(ADVANCE)
                .onFailure(backOff())
                .onDeadExecutionRevive()
                .execute((instance, context) -> advance(advancers, instance));
        Scheduler started = Scheduler.create(database.dataSource(), List.of(task))
                .clock(clock::instant)
                .threads(threads)
                .pollingInterval(Duration.ofSeconds(2))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .enableImmediateExecution()
                .failureLogging(LogLevel.OFF, false)
                .shutdownMaxWait(Duration.ofSeconds(20))
                .build();
        scheduler = started;
        started.start();
    }

    private void resumeInterrupted() {
        database.change(transaction -> {
            transaction
                    .handle()
                    .execute("UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL");
            transaction
                    .handle()
                    .createQuery("SELECT subject FROM dirty WHERE marked > seen")
                    .mapTo(String.class)
                    .forEach(subject -> mark(transaction, Subject.parse(subject)));
        });
    }

    private CompletionHandler<Void> advance(Map<String, Advancer> advancers, TaskInstance<Void> instance) {
        Subject subject = Subject.parse(instance.getId());
        Advancer advancer = advancers.get(subject.kind());
        if (advancer == null) {
            throw new IllegalStateException("nothing advances a " + subject.kind());
        }
        // A process that was frozen, or could not write its heartbeats, takes its own executions for dead when it goes
        // on.
        if (!advancing.add(subject)) {
            return (complete, operations) ->
                    operations.reschedule(complete, complete.getTimeDone().plus(STILL_AT_IT));
        }
        long marked;
        // So that each entry of the log tells what it is about.
        try (MDC.MDCCloseable about = MDC.putCloseable(subject.kind(), String.valueOf(subject.number()))) {
            marked = marks(subject);
            advancer.advance(subject.number());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while advancing " + subject, stopping);
        } finally {
            advancing.remove(subject);
        }
        troubles.remove(subject);
        return (complete, operations) -> {
            database.change(transaction -> {
                remove(transaction, complete.getExecution());
                Optional<Instant> wanted = wanted(transaction.handle(), subject);
                seen(transaction, subject, marked);
                if (marks(transaction.handle(), subject) > marked) {
                    Instant now = clock.instant();
                    mark(
                            transaction,
                            subject,
                            Duration.between(now, wanted.filter(now::isBefore).orElse(now)));
                }
            });
            listeners.forEach(Runnable::run);
        };
    }

    /** As db-scheduler's own operation does it, which would be a transaction, and a wait for the disk, of its own. */
    private static void remove(Transaction transaction, Execution execution) {
        int removed = transaction
                .handle()
                .execute(
                        "DELETE FROM scheduled_tasks WHERE task_name = ? AND task_instance = ? AND version = ?",
                        execution.taskInstance.getTaskName(),
                        execution.taskInstance.getId(),
                        execution.version);
        if (removed != 1) {
            throw new IllegalStateException(execution + " was taken over by another process");
        }
    }

    private FailureHandler<Void> backOff() {
        return (complete, operations) -> {
            int failures = complete.getExecution().consecutiveFailures + 1;
            Duration pause = Duration.ofMillis(200L << Math.min(failures, 10));
            complain(complete, failures);
            operations.reschedule(
                    complete,
                    complete.getTimeDone().plus(pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause));
        };
    }

    private void complain(ExecutionComplete complete, int failures) {
        Throwable cause = complete.getCause().orElse(null);
        Subject subject = Subject.parse(complete.getExecution().getId());
        if (failures >= TROUBLE) {
            troubles.put(subject, cause == null ? "an unknown error" : String.valueOf(cause.getMessage()));
        }
        try (MDC.MDCCloseable about = MDC.putCloseable(subject.kind(), String.valueOf(subject.number()))) {
            log.error("advancing {} failed, it will be tried again", subject, cause);
        }
    }

    /** What keeps a subject from being advanced, time and again; empty where nothing does. */
    public Optional<String> trouble(Subject subject) {
        return Optional.ofNullable(troubles.get(subject));
    }

    /**
     * Schedules what was marked and has no task: its mark was made while it was being advanced, and the process could not write
     * down that it must be advanced again. Also brings forward what seems to be due in a distant future, because the machine's
     * clock was set back meanwhile. To be called now and then.
     */
    public void remember() {
        catchUp();
        database.change(transaction -> transaction
                .handle()
                .createQuery("""
                        SELECT subject FROM dirty WHERE marked > seen
                           AND NOT EXISTS (SELECT 1 FROM scheduled_tasks WHERE task_instance = subject)
                        """)
                .mapTo(String.class)
                .list()
                .forEach(subject -> mark(transaction, Subject.parse(subject))));
    }

    private void catchUp() {
        Scheduler running = scheduler;
        if (running == null) {
            return;
        }
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST_BACKOFF.multipliedBy(2));
        running.getScheduledExecutions(ScheduledExecutionsFilter.all().withPicked(false)).stream()
                .filter(task -> task.getExecutionTime().isAfter(latest))
                .forEach(task -> running.reschedule(task.getTaskInstance(), now));
        // It waits by the same clock, and may be asleep until a time that is far away again.
        nudge();
    }

    private long marks(Subject subject) {
        return database.read(handle -> marks(handle, subject));
    }

    private static long marks(Handle handle, Subject subject) {
        return handle.createQuery("SELECT marked FROM dirty WHERE subject = :subject")
                .bind("subject", subject.toString())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private static Optional<Instant> wanted(Handle handle, Subject subject) {
        return handle.createQuery("SELECT wanted FROM dirty WHERE subject = :subject AND wanted IS NOT NULL")
                .bind("subject", subject.toString())
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .findOne();
    }

    private static void seen(Transaction transaction, Subject subject, long marked) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE dirty SET seen = :marked, wanted = NULL
                         WHERE subject = :subject AND (seen < :marked OR wanted IS NOT NULL)
                        """)
                .bind("subject", subject.toString())
                .bind("marked", marked)
                .execute();
    }

    /** Calls that whenever a subject was marked or has been advanced; it must return at once. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** The scheduler looks for what is due every two seconds, else when it is told. */
    private void nudge(Duration within) {
        nudge();
        if (!within.isZero()) {
            CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::nudge);
        }
    }

    private void nudge() {
        listeners.forEach(Runnable::run);
        Scheduler running = scheduler;
        if (running != null) {
            running.triggerCheckForDueExecutions();
        }
    }

    /** Takes up no more work; what is being advanced goes on. */
    public void pause() {
        Scheduler running = scheduler;
        if (running != null) {
            running.pause();
        }
    }

    /** Takes up no more work, and waits a little for what is being advanced. */
    @Override
    public void close() {
        Scheduler running = scheduler;
        if (running != null) {
            running.stop();
        }
    }
}
