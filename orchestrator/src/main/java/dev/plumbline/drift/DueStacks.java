package dev.plumbline.drift;

import dev.plumbline.config.CronSchedule;
import dev.plumbline.config.StackConfig;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.Catalogs;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows which stacks are to be checked now. When each is due next stands in its row, with the commit of main that the schedule was
 * read from, so that nothing needs to be read as long as neither time nor main has come further.
 */
final class DueStacks {
    private static final String SCHEDULE = "schedule";
    /** Who asks for a check once something was applied to a stack that had diverged. */
    private static final String AFTER_APPLY = "apply";

    private final Database database;
    private final Advances advances;
    private final Catalogs catalogs;
    private final DriftChecks checks;

    DueStacks(Database database, Advances advances, Catalogs catalogs, DriftChecks checks) {
        this.database = database;
        this.advances = advances;
        this.catalogs = catalogs;
        this.checks = checks;
    }

    private record Row(
            StackId stack,
            Instant since,
            @Nullable Instant next,
            @Nullable String main,
            boolean appliedSinceDrift) {}

    /** Opens the checks that are due. */
    void open(Instant now) {
        Map<String, Optional<CommitSha>> mains = new HashMap<>();
        for (Row row : rows()) {
            String repository = row.stack().repository();
            Optional<CommitSha> main = mains.computeIfAbsent(
                    repository, name -> catalogs.mirror(name).main());
            boolean reckoned = main.map(CommitSha::hex).equals(Optional.ofNullable(row.main()));
            Instant next = row.next();
            if (row.appliedSinceDrift()) {
                database.change(transaction -> advances.mark(
                        transaction, DriftCheck.subject(checks.open(transaction, row.stack(), AFTER_APPLY))));
            } else if (!reckoned || (next != null && !next.isAfter(now))) {
                consider(row, main, now);
            }
        }
    }

    private List<Row> rows() {
        return database.read(handle -> handle.createQuery("""
                        SELECT s.repository, s.folder, s.drift_next_at, s.drift_main, s.applied_at,
                               (SELECT MAX(c.at) FROM drift_check c
                                 WHERE c.repository = s.repository AND c.folder = s.folder) AS looked_at,
                               EXISTS (SELECT 1 FROM divergence d
                                        WHERE d.repository = s.repository AND d.folder = s.folder
                                          AND d.resolved_at IS NULL AND d.last_seen < s.applied_at) AS diverged
                          FROM stack s WHERE s.applied_at IS NOT NULL
                        """)
                .map((row, context) -> {
                    long next = row.getLong("drift_next_at");
                    return new Row(
                            new StackId(row.getString("repository"), row.getString("folder")),
                            Instant.ofEpochMilli(Math.max(row.getLong("applied_at"), row.getLong("looked_at"))),
                            next == 0 ? null : Instant.ofEpochMilli(next),
                            row.getString("drift_main"),
                            row.getBoolean("diverged") && row.getLong("applied_at") > row.getLong("looked_at"));
                })
                .list());
    }

    /** Reckons with main as it is now: a schedule that was changed or switched off since holds at once. */
    private void consider(Row row, Optional<CommitSha> main, Instant now) {
        Optional<CronSchedule> schedule = main.flatMap(commit -> schedule(row.stack(), commit));
        Optional<Instant> due = schedule.flatMap(cron -> Jitter.next(cron, row.stack(), row.since()));
        boolean isDue = due.filter(at -> !at.isAfter(now)).isPresent();
        Optional<Instant> next = isDue ? schedule.flatMap(cron -> Jitter.next(cron, row.stack(), now)) : due;
        database.change(transaction -> {
            remember(transaction, row.stack(), next, main);
            if (isDue) {
                advances.mark(transaction, DriftCheck.subject(checks.open(transaction, row.stack(), SCHEDULE)));
            }
        });
    }

    private Optional<CronSchedule> schedule(StackId stack, CommitSha main) {
        Mirror mirror = catalogs.mirror(stack.repository());
        StackCatalog catalog = catalogs.of(stack.repository(), mirror.tree(main).id());
        return catalog.find(stack)
                .map(found -> found.config().drift())
                .filter(StackConfig.Drift::enabled)
                .map(rule -> rule.schedule().orElse(catalog.config().drift().schedule()));
    }

    private static void remember(
            Transaction transaction, StackId stack, Optional<Instant> next, Optional<CommitSha> main) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE stack SET drift_next_at = :next, drift_main = :main
                         WHERE repository = :repository AND folder = :folder
                        """)
                .bind("next", next.map(Instant::toEpochMilli).orElse(null))
                .bind("main", main.map(CommitSha::hex).orElse(null))
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .execute();
    }
}
