package dev.plumbline.app;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.Change;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.BackendChange;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.StackCode;
import dev.plumbline.run.StatePlace;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the stack whose state somebody means: one of main, or one that only open changes have. */
final class StateFinder {
    private final StackDirectory directory;
    private final RunEngine engine;
    private final Reviews reviews;

    StateFinder(StackDirectory directory, RunEngine engine, Reviews reviews) {
        this.directory = directory;
        this.engine = engine;
        this.reviews = reviews;
    }

    /** A stack at a commit, which need not have it any more. */
    record Meant(StackId id, CommitSha commit, String tree, Optional<Stack> stack) {
        Optional<StackCode> code() {
            return stack.map(found -> new StackCode(found, commit, tree));
        }
    }

    /** A stack as main has it; one that only open changes have, as those have it. */
    Meant named(String typed) {
        StackNames.Resolution resolution = directory.names().resolve(typed);
        if (resolution instanceof StackNames.Unknown unknown) {
            return inOpenChanges(typed, unknown.message());
        }
        return onMain(found(resolution));
    }

    Meant onMain(StackId id) {
        Mirror mirror = engine.catalogs().mirror(id.repository());
        CommitSha main = mirror.main()
                .orElseThrow(() -> new NoSuchSubjectException(id.repository() + " has no commit on main yet."));
        return at(id, main);
    }

    private Meant inOpenChanges(String typed, String unknown) {
        List<StackId> ids = reviews.openChanges().stream()
                .flatMap(change -> stacks(change).stream())
                .distinct()
                .toList();
        StackNames.Resolution resolution = new StackNames(ids.stream()
                        .map(id -> new StackNames.Named(id, Optional.empty()))
                        .toList())
                .resolve(typed);
        if (resolution instanceof StackNames.Unknown) {
            throw new NoSuchSubjectException(unknown);
        }
        StackId id = found(resolution);
        return onlyPlace(id, openChanges(id));
    }

    private static StackId found(StackNames.Resolution resolution) {
        if (resolution instanceof StackNames.Ambiguous ambiguous) {
            throw new NoSuchSubjectException(ambiguous.message());
        }
        return ((StackNames.Found) resolution).id();
    }

    /** The code that wants a stack's state elsewhere than where it is: main's, or that of the open change that does; else main's. */
    Meant wanting(Meant main) {
        BackendChange change = engine.backendChange();
        Optional<String> there = change.placeOf(main.id(), main.code()).map(StatePlace::spelled);
        List<Meant> all = new ArrayList<>(List.of(main));
        all.addAll(openChanges(main.id()));
        List<Meant> elsewhere = all.stream()
                .filter(meant -> wish(meant)
                        .filter(place -> !there.equals(Optional.of(place)))
                        .isPresent())
                .toList();
        return elsewhere.isEmpty() ? main : onlyPlace(main.id(), elsewhere);
    }

    private static Meant onlyPlace(StackId id, List<Meant> all) {
        if (all.stream().map(StateFinder::wish).distinct().count() > 1) {
            throw new RefusedException(
                    "Main and open changes, or several of these, want the state of " + id + " in different places.",
                    "Close all but one of them: 'plumbline changes' lists them.");
        }
        return all.get(0);
    }

    private static Optional<String> wish(Meant meant) {
        return meant.code().map(StatePlace::wantedBy).map(StatePlace::spelled);
    }

    private List<Meant> openChanges(StackId id) {
        return reviews.openChanges(id).stream()
                .map(change -> at(id, change.head()))
                .toList();
    }

    private List<StackId> stacks(Change change) {
        return reviews.stacks(change).stream()
                .map(stack -> new StackId(change.repository(), stack.folder()))
                .toList();
    }

    private Meant at(StackId id, CommitSha commit) {
        String tree = engine.catalogs().mirror(id.repository()).tree(commit).id();
        return new Meant(
                id, commit, tree, engine.catalogs().of(id.repository(), tree).find(id));
    }
}
