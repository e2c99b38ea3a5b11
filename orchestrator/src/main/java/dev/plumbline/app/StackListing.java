package dev.plumbline.app;

import dev.plumbline.drift.DriftWatch;
import dev.plumbline.git.CommitSha;
import dev.plumbline.review.Hold;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.Standing;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.store.Database;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The list of all stacks, made anew only once something was written or a main moved: people who search, turn pages or watch ask
 * for the same ten thousand time and again.
 */
final class StackListing {
    private final Database database;
    private final StackDirectory directory;
    private final RunEngine engine;
    private final Reviews reviews;
    private final DriftWatch drift;
    private volatile @Nullable Listed latest;

    StackListing(Database database, StackDirectory directory, RunEngine engine, Reviews reviews, DriftWatch drift) {
        this.database = database;
        this.directory = directory;
        this.engine = engine;
        this.reviews = reviews;
        this.drift = drift;
    }

    /**
     * The list as it was at one time.
     *
     * @param names all stacks' names, as people may type them
     * @param waiting what goes no further without a person, each a sentence
     */
    record Listed(Age age, StackNames names, List<Views.Stack> stacks, List<String> waiting) {}

    /** What a list depends on. */
    private record Age(long writes, Map<String, Optional<CommitSha>> mains) {}

    /** The list as it is now. */
    Listed now() {
        // Before anything is read: what is written meanwhile makes the list old.
        Age age = age();
        Listed known = latest;
        if (known != null && known.age().equals(age)) {
            return known;
        }
        Listed made = list(age);
        latest = made;
        return made;
    }

    private Age age() {
        long writes = database.writes();
        Map<String, Optional<CommitSha>> mains = new TreeMap<>();
        engine.catalogs()
                .repositories()
                .forEach(repository -> mains.put(
                        repository, engine.catalogs().mirror(repository).main()));
        return new Age(writes, mains);
    }

    private Listed list(Age age) {
        KnownStacks known = KnownStacks.of(directory, engine, reviews, drift);
        StackNames names = known.names();
        Map<StackId, Hold> holds = new LinkedHashMap<>();
        reviews.holds().all().forEach(hold -> holds.put(hold.stack(), hold));
        List<String> waiting = new ArrayList<>();
        for (Standing standing : known.needingAPerson()) {
            @Nullable Hold hold = holds.remove(standing.stack());
            waiting.add(names.printed(standing.stack()) + " " + standing.state().word() + ": " + standing.reason()
                    + (hold == null ? "" : "; " + hold.sentence()));
        }
        holds.values().stream()
                .filter(hold -> !hold.failed())
                .forEach(hold -> waiting.add(names.printed(hold.stack()) + ": " + hold.sentence()));
        return new Listed(age, names, known.views(names), waiting);
    }
}
