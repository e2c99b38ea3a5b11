package dev.plumbline.localgithub;

import dev.plumbline.localforge.BareRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merge queues: an entry is a commit on top of the one before it, on a branch of its own. It becomes the base as it is once the
 * required statuses stand on it, and leaves where one of them says no; those behind it are made anew then.
 */
final class Queue {
    private final World world;
    private final Events events;
    private final Account self;
    private final Map<Long, List<Entry>> waiting = new HashMap<>();

    /** @param parent the base, or the entry before it */
    private record Entry(Pull pull, String branch, String parent, String commit) {}

    private enum Standing {
        OPEN,
        PASSED,
        FAILED
    }

    Queue(World world, Events events) {
        this.world = world;
        this.events = events;
        this.self = world.account("github-merge-queue[bot]", Account.Kind.BOT);
    }

    private List<Entry> of(Repository repository) {
        return waiting.computeIfAbsent(repository.id(), id -> new ArrayList<>());
    }

    void add(Repository repository, Pull pull) {
        List<Entry> entries = of(repository);
        BareRepository git = repository.git();
        String parent = entries.isEmpty()
                ? git.commit("refs/heads/" + pull.base()).orElseThrow()
                : entries.get(entries.size() - 1).commit();
        String tree = git.merged(parent, pull.head()).orElseThrow();
        String commit = git.commit(tree, "Merge pull request #" + pull.number(), parent, pull.head());
        String branch = "gh-readonly-queue/" + pull.base() + "/pr-" + pull.number() + "-" + parent;
        entries.add(new Entry(pull, branch, parent, commit));
        Map<String, String> before = git.heads();
        git.set("refs/heads/" + branch, commit);
        events.pushed(repository, self, before);
        group(repository, entries.get(entries.size() - 1), "checks_requested", Optional.empty());
    }

    /** A status was set: perhaps somebody waits for it. */
    void told(Repository repository) {
        List<Entry> entries = of(repository);
        while (!entries.isEmpty() && standing(repository, entries.get(0)) == Standing.PASSED) {
            merge(repository, entries.remove(0));
        }
        entries.stream()
                .filter(entry -> standing(repository, entry) == Standing.FAILED)
                .findFirst()
                .ifPresent(failed -> dequeue(repository, entries, failed));
    }

    private static Standing standing(Repository repository, Entry entry) {
        Set<Standing> all = repository.requiredStatuses().stream()
                .map(context -> repository.statuses().stream()
                        .filter(status -> status.commit().equals(entry.commit())
                                && status.context().equals(context))
                        .reduce((older, newer) -> newer)
                        .map(CommitNote.Status::state)
                        .orElse("pending"))
                .map(state -> switch (state) {
                    case "success" -> Standing.PASSED;
                    case "pending" -> Standing.OPEN;
                    default -> Standing.FAILED;
                })
                .collect(Collectors.toSet());
        return all.contains(Standing.FAILED)
                ? Standing.FAILED
                : all.contains(Standing.OPEN) ? Standing.OPEN : Standing.PASSED;
    }

    private void merge(Repository repository, Entry entry) {
        Map<String, String> before = repository.git().heads();
        repository.git().set("refs/heads/" + entry.pull().base(), entry.commit());
        repository.git().delete("refs/heads/" + entry.branch());
        entry.pull().merged(new Pull.Merge(entry.commit(), self, world.now()));
        events.pushed(repository, self, before);
        events.pull(repository, entry.pull(), "closed", self);
        group(repository, entry, "destroyed", Optional.of("merged"));
    }

    private void dequeue(Repository repository, List<Entry> entries, Entry failed) {
        List<Entry> gone = List.copyOf(entries.subList(entries.indexOf(failed), entries.size()));
        entries.removeAll(gone);
        Map<String, String> before = repository.git().heads();
        gone.forEach(entry -> repository.git().delete("refs/heads/" + entry.branch()));
        events.pushed(repository, self, before);
        gone.forEach(entry ->
                group(repository, entry, "destroyed", Optional.of(entry.equals(failed) ? "dequeued" : "invalidated")));
        gone.stream().skip(1).forEach(entry -> add(repository, entry.pull()));
    }

    private void group(Repository repository, Entry entry, String action, Optional<String> reason) {
        events.group(
                repository,
                action,
                reason,
                entry.branch(),
                entry.commit(),
                entry.pull().base(),
                entry.parent());
    }
}
