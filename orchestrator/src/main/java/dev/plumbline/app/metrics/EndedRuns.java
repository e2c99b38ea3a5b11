package dev.plumbline.app.metrics;

import dev.plumbline.run.RunState;
import dev.plumbline.store.Database;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Each run that ended since this process began, once. It remembers the highest number that it saw and those below it that had not
 * ended, so that asking reads new rows only, however many there are.
 */
final class EndedRuns {
    private static final Set<String> GOING_ON = Set.of(
            RunState.QUEUED.word(), RunState.PREPARING.word(), RunState.PLANNING.word(), RunState.APPLYING.word());
    private static final int AT_ONCE = 500;

    private final Database database;
    private final Set<Long> open = new HashSet<>();
    private long seen;

    /**
     * @param waited from being queued till it was let in; empty where it never was
     * @param lasted from then till it ended
     */
    record Ended(String phase, String outcome, Optional<Duration> waited, Optional<Duration> lasted) {}

    private record Row(long number, String state, Ended ended) {}

    EndedRuns(Database database) {
        this.database = database;
        seen = database.read(handle -> {
            open.addAll(handle.createQuery(
                            "SELECT number FROM run WHERE state IN ('queued', 'preparing', 'planning', 'applying')")
                    .mapTo(Long.class)
                    .list());
            return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM run")
                    .mapTo(Long.class)
                    .one();
        });
    }

    /** Those that ended since it was asked last. */
    synchronized void take(Consumer<Ended> each) {
        List<Long> before = List.copyOf(open);
        database.read(handle -> {
            for (int from = 0; from < before.size(); from += AT_ONCE) {
                List<Long> some = before.subList(from, Math.min(before.size(), from + AT_ONCE));
                rows(handle, "number IN (" + joined(some) + ")").forEach(row -> note(row, each));
            }
            rows(handle, "number > " + seen).forEach(row -> note(row, each));
            return Boolean.TRUE;
        });
    }

    private void note(Row row, Consumer<Ended> each) {
        seen = Math.max(seen, row.number());
        if (GOING_ON.contains(row.state())) {
            open.add(row.number());
        } else {
            open.remove(row.number());
            each.accept(row.ended());
        }
    }

    private static List<Row> rows(Handle handle, String which) {
        return handle.createQuery(
                        "SELECT number, phase, state, queued_at, started_at, ended_at FROM run WHERE " + which)
                .map((row, context) -> {
                    long queued = row.getLong("queued_at");
                    long started = row.getLong("started_at");
                    long ended = row.getLong("ended_at");
                    return new Row(
                            row.getLong("number"),
                            row.getString("state"),
                            new Ended(
                                    row.getString("phase"),
                                    row.getString("state"),
                                    between(queued, started),
                                    between(started, ended)));
                })
                .list();
    }

    private static Optional<Duration> between(long from, long to) {
        return from == 0 || to == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(0, to - from)));
    }

    private static String joined(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
