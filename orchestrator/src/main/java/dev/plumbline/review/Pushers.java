package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.store.Transaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Who pushed what an intent would apply; the only writer of their table. Where the rules ask for approvals, those of its own pushers
 * don't count.
 */
final class Pushers {
    private final Merges merges;
    private final RevertRequests requests;

    Pushers(Merges merges, RevertRequests requests) {
        this.merges = merges;
        this.requests = requests;
    }

    /**
     * Everybody who pushed something that a movement of main brings: commits since main was taken in last, and changes that it
     * takes in without their commits.
     *
     * @param squashed changes whose code it brings, though not their commits
     */
    Set<String> of(
            Transaction transaction, long merge, Pushes.Movement movement, Mirror mirror, List<Change> squashed) {
        Handle handle = transaction.handle();
        Set<String> all = new HashSet<>();
        all.add(movement.actor());
        Optional<CommitSha> before = merges.takenInBefore(handle, movement.repository(), merge);
        CommitSha after = movement.after();
        if (before.isPresent() && after != null) {
            all.addAll(
                    ofCommits(handle, movement.repository(), mirror.between(before.get(), after, Integer.MAX_VALUE)));
        }
        squashed.forEach(change -> all.addAll(of(handle, change, mirror)));
        return all;
    }

    /** Everybody who pushed a commit of a change, pushed to its branch what is not part of it any more, or had this server make it. */
    Set<String> of(Handle handle, Change change, Mirror mirror) {
        Set<String> all = new HashSet<>(
                handle.createQuery("SELECT DISTINCT actor FROM push WHERE watch = :change AND repository = :repository")
                        .bind("change", change.subject().toString())
                        .bind("repository", change.repository())
                        .mapTo(String.class)
                        .list());
        // One that was merged before anybody looked was never seen to be pushed.
        all.add(change.author());
        all.addAll(requests.by(handle, change.repository(), change.branch()));
        Change.Preview preview = change.preview();
        if (preview != null) {
            all.addAll(ofCommits(
                    handle, change.repository(), mirror.between(preview.base(), change.head(), Integer.MAX_VALUE)));
        }
        return all;
    }

    private static Set<String> ofCommits(Handle handle, String repository, Collection<CommitSha> commits) {
        Set<CommitSha> wanted = new HashSet<>(commits);
        Set<String> actors = new HashSet<>();
        List<Map.Entry<String, String>> pushed = handle.createQuery("""
                        SELECT DISTINCT new_commit, actor FROM push
                         WHERE repository = :repository AND new_commit IS NOT NULL
                        """)
                .bind("repository", repository)
                .map((row, context) -> Map.entry(row.getString("new_commit"), row.getString("actor")))
                .list();
        pushed.stream()
                .filter(push -> wanted.contains(new CommitSha(push.getKey())))
                .forEach(push -> actors.add(push.getValue()));
        return actors;
    }

    /** Writes down who they are, once and for all. */
    void record(Transaction transaction, long intent, Set<String> actors) {
        for (String actor : actors) {
            transaction
                    .handle()
                    .execute(
                            "INSERT INTO intent_pusher (intent, actor) VALUES (?, ?) ON CONFLICT (intent, actor) DO NOTHING",
                            intent,
                            actor);
        }
    }

    /** What an intent did not bring about comes along with the next one of the same stack, and so do those who pushed it. */
    void carry(Transaction transaction, long from, long to) {
        transaction
                .handle()
                .execute(
                        "INSERT INTO intent_pusher (intent, actor) SELECT ?, actor FROM intent_pusher WHERE intent = ?"
                                + " ON CONFLICT (intent, actor) DO NOTHING",
                        to,
                        from);
    }

    /** Whether somebody pushed part of what an intent would apply. */
    boolean pushed(Handle handle, Intent intent, String actor) {
        return handle
                .createQuery("SELECT actor FROM intent_pusher WHERE intent = :intent")
                .bind("intent", intent.id())
                .mapTo(String.class)
                .stream()
                .anyMatch(pusher -> person(pusher).equalsIgnoreCase(person(actor)));
    }

    /**
     * Who somebody is, whether they came by a token of this server or by a forge: whoever has the same name in both is taken for the
     * same person.
     */
    static String person(String actor) {
        int forge = actor.lastIndexOf(" on ");
        return forge < 0 ? actor : actor.substring(0, forge);
    }
}
