package dev.plumbline.drift;

import dev.plumbline.stack.StackId;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table of divergences: each of them open from the check that found it to the check that no longer does. */
final class Divergences {

    /**
     * How a check moved what is open.
     *
     * @param appeared what was not open before
     * @param resolved what no longer diverges
     */
    record Transition(List<Divergence> appeared, List<Divergence> resolved) {}

    /** Records what a check found. */
    Transition record(Transaction transaction, StackId stack, List<Difference> found) {
        Map<String, Divergence> gone = new TreeMap<>();
        open(transaction.handle(), stack).forEach(known -> gone.put(known.fingerprint(), known));
        List<Divergence> appeared = new ArrayList<>();
        Instant now = transaction.now();
        for (Difference difference : found) {
            Divergence known = gone.remove(difference.fingerprint());
            boolean isNew = known == null;
            upsert(transaction, stack, difference, isNew);
            if (isNew) {
                appeared.add(new Divergence(
                        difference.fingerprint(),
                        difference.address(),
                        difference.path(),
                        difference.sentence(),
                        now,
                        now));
            }
        }
        gone.keySet().forEach(fingerprint -> resolve(transaction, stack, fingerprint));
        return new Transition(appeared, List.copyOf(gone.values()));
    }

    private static void upsert(Transaction transaction, StackId stack, Difference difference, boolean isNew) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO divergence (repository, folder, fingerprint, address, path, text, first_seen,
                                                last_seen, alerted_at)
                        VALUES (:repository, :folder, :fingerprint, :address, :path, :text, :now, :now, :now)
                        ON CONFLICT (repository, folder, fingerprint) DO UPDATE SET text = :text, last_seen = :now,
                            first_seen = CASE WHEN :isNew THEN :now ELSE divergence.first_seen END,
                            alerted_at = CASE WHEN :isNew THEN :now ELSE divergence.alerted_at END,
                            resolved_at = NULL
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .bind("fingerprint", difference.fingerprint())
                .bind("address", difference.address())
                .bind("path", difference.path())
                .bind("text", difference.sentence())
                .bind("now", transaction.now().toEpochMilli())
                .bind("isNew", isNew)
                .execute();
    }

    private static void resolve(Transaction transaction, StackId stack, String fingerprint) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE divergence SET resolved_at = :now
                         WHERE repository = :repository AND folder = :folder AND fingerprint = :fingerprint
                        """)
                .bind("now", transaction.now().toEpochMilli())
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .bind("fingerprint", fingerprint)
                .execute();
    }

    /** What diverges in a stack, by address and path. */
    List<Divergence> open(Handle handle, StackId stack) {
        return handle.createQuery("""
                        SELECT * FROM divergence
                         WHERE repository = :repository AND folder = :folder AND resolved_at IS NULL
                         ORDER BY address, path
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map((row, context) -> new Divergence(
                        row.getString("fingerprint"),
                        row.getString("address"),
                        row.getString("path"),
                        row.getString("text"),
                        Instant.ofEpochMilli(row.getLong("first_seen")),
                        Instant.ofEpochMilli(row.getLong("last_seen"))))
                .list();
    }

    /** The stacks in which something diverges; without those that were destroyed or moved away since. */
    List<StackId> stacks(Handle handle) {
        return handle.createQuery("""
                        SELECT DISTINCT d.repository, d.folder FROM divergence d
                          JOIN stack s ON s.repository = d.repository AND s.folder = d.folder
                         WHERE d.resolved_at IS NULL ORDER BY 1, 2
                        """)
                .map((row, context) -> new StackId(row.getString("repository"), row.getString("folder")))
                .list();
    }

    /** The one line that tells of divergences of a stack. */
    static String alert(StackId stack, List<Divergence> divergences) {
        return "drift in " + stack.qualified() + ": "
                + divergences.stream().map(Divergence::line).collect(Collectors.joining("; "));
    }
}
