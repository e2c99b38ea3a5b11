package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up again what a crash left behind, or what the server could not do more for when it came. */
public final class Recovery {
    /** A push is written down, then its refs move, then it is looked at; all of that within moments. */
    private static final Duration LONGEST_BETWEEN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** So many runs are named in the log. */
    private static final int NAMED = 5;

    private final Database database;
    private final Mirrors mirrors;
    private final Pushes pushes;
    private final Changes changes;
    private final Intents intents;
    private final RunEngine engine;
    private final Advances advances;

    Recovery(
            Database database,
            Mirrors mirrors,
            Pushes pushes,
            Changes changes,
            Intents intents,
            RunEngine engine,
            Advances advances) {
        this.database = database;
        this.mirrors = mirrors;
        this.pushes = pushes;
        this.changes = changes;
        this.intents = intents;
        this.engine = engine;
        this.advances = advances;
    }

    /**
     * Finds what a crash left behind: branches that moved without being written down, and whatever had not ended. Called once at
     * each start, before anything is advanced.
     */
    public void recover() {
        for (String repository : mirrors.names()) {
            findMovements(repository, mirrors.find(repository).orElseThrow());
        }
        List<Run> active = engine.ledger().active();
        if (!active.isEmpty()) {
            LOG.info(
                    "{} had not ended when the server did, and {} on: {}",
                    active.size() + (active.size() == 1 ? " run" : " runs"),
                    active.size() == 1 ? "goes" : "go",
                    active.stream().limit(NAMED).map(Recovery::words).collect(Collectors.joining(", "))
                            + (active.size() > NAMED ? " and more" : ""));
        }
        database.change(transaction -> {
            pushes.pending().forEach(id -> advances.mark(transaction, Pushes.Movement.subject(id)));
            changes.open().forEach(change -> advances.mark(transaction, change.subject()));
            for (Intent intent : intents.unended()) {
                advances.mark(transaction, intent.subject());
                if (intent.change() != null
                        && intents.held(transaction.handle(), intent.id()).isPresent()) {
                    advances.mark(transaction, Change.ballot(intent.change()));
                }
            }
            engine.ledger().active().forEach(run -> advances.mark(transaction, run.subject()));
            engine.ledger().admit(transaction);
        });
    }

    private static String words(Run run) {
        return run.id() + " (" + run.order().phase().word() + " of " + run.stack() + ")";
    }

    /**
     * Looks at pushes that were written down and then left alone, since the server could not do more for them just then: the disk
     * was full, or it was too busy. To be called now and then.
     */
    public void remember() {
        database.change(transaction -> pushes.pendingBefore(
                        transaction.handle(), transaction.now().minus(LONGEST_BETWEEN))
                .forEach(id -> advances.mark(transaction, Pushes.Movement.subject(id))));
    }

    /** A movement that was written down and never came about must not count as where the branch was last. */
    private void findMovements(String repository, Mirror mirror) {
        Map<String, CommitSha> heads = mirror.branches();
        database.change(transaction -> pushes.pending().stream()
                .flatMap(id -> pushes.find(id).stream())
                .filter(movement -> movement.repository().equals(repository))
                .filter(movement -> !pushes.cameAbout(movement, Optional.ofNullable(heads.get(movement.branch()))))
                .forEach(movement -> pushes.forget(transaction, movement.id())));
        Map<String, CommitSha> known = pushes.lastKnown(repository);
        Set<String> branches = new TreeSet<>(known.keySet());
        branches.addAll(heads.keySet());
        database.change(transaction -> branches.stream()
                .filter(branch -> !Objects.equals(known.get(branch), heads.get(branch)))
                .forEach(branch -> pushes.record(
                        transaction,
                        repository,
                        branch,
                        known.get(branch),
                        heads.get(branch),
                        "found at start",
                        null)));
    }
}
