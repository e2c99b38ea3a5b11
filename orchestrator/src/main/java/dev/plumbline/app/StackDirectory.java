package dev.plumbline.app;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.Intent;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.Standing;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.stack.StackProblem;
import dev.plumbline.web.NoSuchSubjectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All stacks of this server, and the names by which people mean them. */
final class StackDirectory {
    private final RunEngine engine;
    private final Reviews reviews;

    StackDirectory(RunEngine engine, Reviews reviews) {
        this.engine = engine;
        this.reviews = reviews;
    }

    /** Stacks of every main with their code, and those that are gone from it but not from the cloud, without. */
    Map<StackId, Optional<Stack>> all() {
        return all(reviews.standings(), engine.applied().lastApplies().keySet());
    }

    /** {@link #all()} by what was asked for already. */
    Map<StackId, Optional<Stack>> all(Collection<Standing> standings, Set<StackId> applied) {
        // In order by repository, so that whoever sorts it has little to do.
        Map<StackId, Optional<Stack>> known = new LinkedHashMap<>();
        for (String repository : engine.catalogs().repositories()) {
            catalog(repository)
                    .ifPresent(catalog -> catalog.stacks().forEach((id, stack) -> known.put(id, Optional.of(stack))));
        }
        for (Standing standing : standings) {
            if (!known.containsKey(standing.stack()) && exists(standing, applied)) {
                known.put(standing.stack(), Optional.empty());
            }
        }
        return known;
    }

    /** Of a folder that is gone from main: whether it is still in the cloud. */
    private static boolean exists(Standing last, Set<StackId> applied) {
        boolean destroyed = last.kind() == Intent.Kind.DESTROY && last.state().fulfilled();
        // Another folder took its state over.
        boolean moved = last.kind() == Intent.Kind.APPLY && last.state().ended() && !applied.contains(last.stack());
        return !destroyed && !moved;
    }

    /**
     * Stacks that main leaves alone, though they are in the cloud: why they are none of it any more, a sentence each.
     *
     * @param standings those that are looked at
     */
    Map<StackId, String> unmanaged(Collection<Standing> standings) {
        List<String> known = engine.catalogs().repositories();
        Map<String, Optional<StackCatalog>> mains = new HashMap<>();
        Map<StackId, String> unmanaged = new HashMap<>();
        for (Standing standing : standings) {
            StackId id = standing.stack();
            if (standing.kind() == Intent.Kind.APPLY
                    && standing.state().fulfilled()
                    && known.contains(id.repository())) {
                mains.computeIfAbsent(id.repository(), this::takenIn)
                        .filter(main -> main.find(id).isEmpty())
                        .ifPresent(main -> unmanaged.put(
                                id,
                                "no stack of main any more: " + main.whyNoStack(id)
                                        + "; what it made stays in the cloud and is not watched"));
            }
        }
        if (!unmanaged.isEmpty()) {
            unmanaged.keySet().removeAll(reviews.betweenPlaces());
        }
        return unmanaged;
    }

    /** Main as it stands, once all of it was taken in. */
    private Optional<StackCatalog> takenIn(String repository) {
        return engine.catalogs()
                .mirror(repository)
                .main()
                .filter(main -> reviews.takenIn(repository, main))
                .flatMap(main -> catalog(repository));
    }

    private Optional<StackCatalog> catalog(String repository) {
        Mirror mirror = engine.catalogs().mirror(repository);
        Optional<CommitSha> main = mirror.main();
        return main.map(
                head -> engine.catalogs().of(repository, mirror.tree(head).id()));
    }

    /** Why nothing of a repository's main can be applied, each a sentence; empty where all can. */
    List<String> brokenMains() {
        List<String> broken = new ArrayList<>();
        for (String repository : engine.catalogs().repositories()) {
            brokenMain(repository).ifPresent(broken::add);
            brokenPolicies(repository).ifPresent(broken::add);
        }
        return broken;
    }

    /** Why nothing of that main can be applied. */
    Optional<String> brokenMain(String repository) {
        return catalog(repository)
                .filter(catalog -> !catalog.usable())
                .map(catalog -> "nothing of " + repository
                        + "'s main is applied until this is mended: "
                        + catalog.problems().stream()
                                .filter(problem ->
                                        problem.error() && problem.stack().isEmpty())
                                .map(StackProblem::toString)
                                .collect(Collectors.joining("; ")));
    }

    /** Why nothing that is pushed to a repository is planned. */
    private Optional<String> brokenPolicies(String repository) {
        return Optional.of(reviews.policyProblems(repository))
                .filter(problems -> !problems.isEmpty())
                .map(problems -> "nothing that is pushed to " + repository
                        + " is planned until main's policies can be read: " + String.join("; ", problems));
    }

    Collection<String> repositories() {
        return engine.catalogs().repositories();
    }

    /** The names of all stacks, as people may type them. */
    StackNames names() {
        return names(all());
    }

    /** The names of stacks that {@link #all} gave. */
    static StackNames names(Map<StackId, Optional<Stack>> stacks) {
        Collection<StackNames.Named> all = new ArrayList<>();
        stacks.forEach((id, stack) -> all.add(
                new StackNames.Named(id, stack.flatMap(found -> found.config().name()))));
        return new StackNames(all);
    }

    /** The stack that somebody means. */
    StackId resolve(String typed) {
        StackNames.Resolution resolution = names().resolve(typed);
        if (resolution instanceof StackNames.Found found) {
            return found.id();
        }
        throw new NoSuchSubjectException(
                resolution instanceof StackNames.Ambiguous ambiguous
                        ? ambiguous.message()
                        : ((StackNames.Unknown) resolution).message());
    }
}
