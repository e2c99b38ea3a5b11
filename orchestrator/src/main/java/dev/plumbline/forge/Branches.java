package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.server.Push;
import dev.plumbline.git.server.RefChange;
import dev.plumbline.secret.TerminalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets a mirror's branches follow what was fetched, each movement told before it is made. */
final class Branches {
    private final BranchListener listener;

    Branches(BranchListener listener) {
        this.listener = listener;
    }

    /**
     * What differs between the mirror and what was fetched: main first, since what it merges may be deleted in the same breath,
     * and deletions last.
     *
     * @param trunk which branch plays main's part from now on
     * @param followed which other branches are changes
     */
    static List<Push> movements(Remote remote, Mirror mirror, Trunk trunk, Followed followed) {
        Map<String, CommitSha> here = mirror.branches();
        String main = trunk.branch();
        Map<String, CommitSha> there = new TreeMap<>(mirror.remoteHeads().all());
        there.putAll(forks(mirror, followed));
        there.keySet().removeIf(branch -> !branch.equals(main) && !followed.follows(branch));
        CommitSha mainBefore = mirror.main().orElse(null);
        CommitSha mainAfter = there.get(main);
        List<Push> moved = new ArrayList<>();
        if (mainAfter != null && !(mainAfter.equals(mainBefore) && mainAfter.equals(here.get(main)))) {
            moved.add(push(remote, mirror, main, mainBefore, mainAfter, Optional.empty()));
        }
        Set<String> others = new TreeSet<>(there.keySet());
        others.remove(main);
        others.stream()
                .filter(branch -> !Objects.equals(here.get(branch), there.get(branch)))
                .forEach(branch -> moved.add(
                        push(remote, mirror, branch, here.get(branch), there.get(branch), followed.author(branch))));
        // A main that is gone stays here as it was: nothing is ever destroyed because a branch vanished.
        here.keySet().stream()
                .filter(branch -> !there.containsKey(branch) && !branch.equals(main))
                .forEach(branch -> moved.add(push(remote, mirror, branch, here.get(branch), null, Optional.empty())));
        return moved;
    }

    /** Those that were fetched as the pull requests have them. */
    private static Map<String, CommitSha> forks(Mirror mirror, Followed followed) {
        Map<String, CommitSha> fetched = mirror.remoteHeads().forks();
        return followed.forks().stream()
                .filter(pull -> pull.head().equals(fetched.get(Fork.branch(pull.number()))))
                .collect(Collectors.toMap(pull -> Fork.branch(pull.number()), PullRequest::head));
    }

    /**
     * Moves the mirror's branches, and lets the trunk be what it is from now on.
     *
     * @param unmoved see {@link BranchListener#moving}
     */
    void follow(Mirror mirror, Trunk trunk, List<Push> movements, Instant unmoved) {
        listener.moving(movements, unmoved);
        if (trunk.moves()) {
            mirror.follow(trunk.branch());
        }
        // A branch may become the folder of another one: what goes must be gone first.
        movements.stream().filter(push -> change(push).after().isEmpty()).forEach(push -> follow(mirror, change(push)));
        movements.stream()
                .filter(push -> change(push).after().isPresent())
                .forEach(push -> follow(mirror, change(push)));
        listener.moved(movements);
    }

    private static void follow(Mirror mirror, RefChange change) {
        String branch = change.branch().orElseThrow();
        mirror.remoteHeads().follow(branch, mirror.branch(branch), change.after());
    }

    static RefChange change(Push push) {
        return push.changes().get(0);
    }

    /** @param author who stands for it on the forge; empty where only its commits tell */
    private static Push push(
            Remote remote,
            Mirror mirror,
            String branch,
            @Nullable CommitSha before,
            @Nullable CommitSha after,
            Optional<String> author) {
        RefChange change = new RefChange(
                "refs/heads/" + branch,
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                kind(mirror, before, after));
        // Git alone proves nobody: a committer is whom the commit names.
        String actor = remote.actor(
                after == null
                        ? "somebody"
                        : TerminalText.safeLine(author.orElseGet(
                                () -> mirror.commit(after).committer().name())));
        return new Push(remote.repository(), actor, List.of(change), List.of());
    }

    private static RefChange.Kind kind(Mirror mirror, @Nullable CommitSha before, @Nullable CommitSha after) {
        if (before == null) {
            return RefChange.Kind.CREATE;
        }
        if (after == null) {
            return RefChange.Kind.DELETE;
        }
        return mirror.isAncestor(before, after) ? RefChange.Kind.UPDATE : RefChange.Kind.FORCED_UPDATE;
    }
}
