package dev.plumbline.drift;

import dev.plumbline.run.RunEngine;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches that what was applied stays as main wants it: the front door of this package. */
public final class DriftWatch {
    private final Database database;
    private final Advances advances;
    private final RunEngine engine;
    private final Clock clock;
    private final DriftChecks checks = new DriftChecks();
    private final Divergences divergences = new Divergences();
    private final DueStacks due;
    private final GiveWay giveWay;
    private final DriftAdvance advance;

    public DriftWatch(Database database, Advances advances, Feed feed, RunEngine engine, ServerKey key, Clock clock) {
        this.database = database;
        this.advances = advances;
        this.engine = engine;
        this.clock = clock;
        this.due = new DueStacks(database, advances, engine.catalogs(), checks);
        this.giveWay = new GiveWay(database, engine);
        this.advance = new DriftAdvance(database, checks, divergences, engine, key, feed);
    }

    /** Advances the subjects of kind {@link DriftCheck#KIND}. */
    public Map<String, Advancer> advancers() {
        return Map.of(DriftCheck.KIND, advance);
    }

    /**
     * Asks for a check now; where one of the stack is under way, for that one's result.
     *
     * @param actor who asks
     * @return the check's id
     * @throws dev.plumbline.git.GitException where the stack's repository is not on this server
     */
    public long check(StackId stack, String actor) {
        engine.catalogs().mirror(stack.repository());
        return database.write(transaction -> {
            long id = checks.open(transaction, stack, actor);
            transaction.record(actor, "drift", stack.qualified(), "asked for drift check " + id);
            advances.mark(transaction, DriftCheck.subject(id));
            return id;
        });
    }

    /**
     * Opens the checks that are due, and stops drift runs that others wait for. To be called every second or two: as long as nothing
     * is due and main stands still, it costs two small queries and one look at each repository's main branch.
     */
    public void tick() {
        giveWay.look();
        due.open(clock.instant());
    }

    /** Where a check stands; empty where there is none of that id. */
    public Optional<DriftCheck> find(long id) {
        return database.read(handle -> checks.find(handle, id));
    }

    /** What is known of a stack's drift. */
    public DriftStatus status(StackId stack) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM stack WHERE repository = :repository AND folder = :folder")
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map((row, context) -> new DriftStatus(
                        divergences.open(handle, stack),
                        instant(row.getLong("drift_checked_at")),
                        instant(row.getLong("drift_next_at")),
                        checks.latest(handle, stack).orElse(null)))
                .findOne()
                .orElseGet(() -> new DriftStatus(
                        List.of(), null, null, checks.latest(handle, stack).orElse(null))));
    }

    /** When each stack was last compared, and how much of it diverges; those that never were are absent. */
    public Map<StackId, DriftCount> counts() {
        Map<StackId, Integer> open = new HashMap<>();
        Map<StackId, DriftCount> counts = new HashMap<>();
        return database.read(handle -> {
            handle.createQuery("""
                            SELECT repository, folder, COUNT(*) FROM divergence WHERE resolved_at IS NULL
                             GROUP BY repository, folder
                            """)
                    .map((row, context) -> Map.entry(new StackId(row.getString(1), row.getString(2)), row.getInt(3)))
                    .forEach(found -> open.put(found.getKey(), found.getValue()));
            handle.createQuery("""
                            SELECT repository, folder, drift_checked_at FROM stack WHERE drift_checked_at IS NOT NULL
                            """)
                    .map((row, context) -> {
                        StackId stack = new StackId(row.getString(1), row.getString(2));
                        Instant at = Instant.ofEpochMilli(row.getLong(3));
                        return Map.entry(stack, new DriftCount(open.getOrDefault(stack, 0), at));
                    })
                    .forEach(found -> counts.put(found.getKey(), found.getValue()));
            return counts;
        });
    }

    /** One line for each stack in which something diverges, naming all of it; masked. */
    public List<String> openAlerts() {
        return database.read(handle -> divergences.stacks(handle).stream()
                .map(stack -> Divergences.alert(stack, divergences.open(handle, stack)))
                .toList());
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
