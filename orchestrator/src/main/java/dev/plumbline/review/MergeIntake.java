package dev.plumbline.review;

import dev.plumbline.config.Floor;
import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.forge.Outbox;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.QueueEntry;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.ReviewedPlans.Reviewed;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.Released;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackProblem;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes in a movement of the default branch: promises to apply each stack whose code is not what was promised last, names the plan
 * that was reviewed for it, and closes the changes that it merges.
 */
final class MergeIntake {
    private final Database database;
    private final Pushes pushes;
    private final Changes changes;
    private final Merges merges;
    private final Pushers pushers;
    private final Intents intents;
    private final ReviewedPlans reviewedPlans;
    private final WantedStacks wanted;
    private final RunEngine engine;
    private final Advances advances;
    private final Feed feed;
    private final Outbox outbox;
    private final PlanVerdicts verdicts;
    private final PullBook pulls;
    private final List<Floor> floors;
    private final BroughtChanges broughtChanges;
    private final Endings endings;

    MergeIntake(
            Database database,
            Pushes pushes,
            Changes changes,
            Merges merges,
            Pushers pushers,
            Intents intents,
            RunEngine engine,
            Advances advances,
            Feed feed,
            Outbox outbox,
            PullBook pulls,
            PlanVerdicts verdicts,
            List<Floor> floors,
            BroughtChanges broughtChanges,
            Endings endings) {
        this.database = database;
        this.pushes = pushes;
        this.changes = changes;
        this.reviewedPlans = new ReviewedPlans(changes, pulls);
        this.merges = merges;
        this.wanted = new WantedStacks(changes, merges);
        this.pushers = pushers;
        this.intents = intents;
        this.engine = engine;
        this.advances = advances;
        this.feed = feed;
        this.outbox = outbox;
        this.pulls = pulls;
        this.verdicts = verdicts;
        this.floors = floors;
        this.broughtChanges = broughtChanges;
        this.endings = endings;
    }

    void takeIn(Pushes.Movement movement, CommitSha after, Mirror mirror) {
        String repository = movement.repository();
        Optional<StackCatalog> before = Optional.ofNullable(movement.before())
                .map(commit ->
                        engine.catalogs().of(repository, mirror.tree(commit).id()))
                .filter(StackCatalog::usable)
                .or(() -> lastUsable(repository, mirror));
        StackCatalog now = engine.catalogs().of(repository, mirror.tree(after).id());
        LostCommits lost = new LostCommits(after, mirror);
        List<String> brokenPolicies = verdicts.problems(mirror.tree(after));
        BroughtChanges.Brought news = broughtChanges.by(movement, after, mirror);
        List<BroughtChanges.Stranded> stranded = broughtChanges.stranded(repository, before, now, mirror);
        database.change(transaction -> {
            List<Change> merged = broughtChanges.of(transaction, repository, after, before, now, mirror, news);
            long merge = merges.record(transaction, repository, movement.before(), after, movement.actor());
            transaction.record(
                    movement.actor(),
                    "main",
                    repository,
                    "moved to " + after.abbreviated()
                            + lost.since(Stream.ofNullable(movement.before()))
                                    .map(sentence -> ": " + sentence)
                                    .orElse(""));
            if (now.usable()) {
                List<Change> earlier = stranded.stream()
                        .map(one -> broughtChanges.take(transaction, one, mirror))
                        .toList();
                List<Change> brought =
                        Stream.concat(earlier.stream(), merged.stream()).toList();
                promise(transaction, merge, movement, after, mirror, before, now, lost, brought);
                earlier.forEach(change -> {
                    advances.mark(transaction, change.ballot());
                    outbox.tellProgress(transaction, repository, change.head(), change.subject());
                });
            } else {
                fail(transaction, merge, now);
            }
            closeMerged(transaction, merge, movement, after, brokenPolicies, released(before, now), merged);
            outbox.tell(transaction, repository, after, Merges.subject(merge));
            pushes.handled(transaction, movement.id(), Merges.subject(merge));
            pushes.waitingFor(transaction.handle(), movement, mirror.mainBranch())
                    .forEach(id -> advances.mark(transaction, Pushes.Movement.subject(id)));
        });
    }

    /**
     * Main as it was taken in last without errors. Its configuration may have been broken since; what was removed or moved meanwhile,
     * and the rules that hold, are those of before.
     */
    private Optional<StackCatalog> lastUsable(String repository, Mirror mirror) {
        return database.read(handle -> merges.takenInBefore(handle, repository, Long.MAX_VALUE))
                .filter(mirror::has)
                .map(commit ->
                        engine.catalogs().of(repository, mirror.tree(commit).id()))
                .filter(StackCatalog::usable);
    }

    private void fail(Transaction transaction, long merge, StackCatalog now) {
        String reason = now.problems().stream()
                .filter(problem -> problem.error() && problem.stack().isEmpty())
                .map(StackProblem::toString)
                .collect(Collectors.joining("\n"));
        merges.failed(transaction, merge, reason);
        feed.say(transaction, Merges.subject(merge), "nothing is applied until this is mended:\n" + reason);
    }

    private void promise(
            Transaction transaction,
            long merge,
            Pushes.Movement movement,
            CommitSha after,
            Mirror mirror,
            Optional<StackCatalog> before,
            StackCatalog now,
            LostCommits lost,
            List<Change> brought) {
        Map<String, Intent> latest = intents.latest(transaction.handle(), movement.repository()).stream()
                .collect(Collectors.toMap(intent -> intent.stack().folder(), intent -> intent));
        List<CommitSha> mains = Stream.concat(
                        Stream.ofNullable(movement.before()),
                        merges.takenInBefore(transaction.handle(), movement.repository(), merge).stream())
                .toList();
        RepositoryConfig rules = before.map(StackCatalog::config).orElse(RepositoryConfig.DEFAULT);
        List<Intent.Promise> promises = new ArrayList<>();
        for (ChangeStack stack : wanted.of(transaction, before, now, latest, after, mirror)) {
            Stream<CommitSha> own = Stream.of(
                            stack.folder(), Objects.requireNonNullElse(stack.origin(), stack.folder()))
                    .distinct()
                    .flatMap(folder -> Stream.ofNullable(latest.get(folder)))
                    .flatMap(intent -> mains(transaction, intent));
            Optional<String> rewritten = lost.since(Stream.concat(mains.stream(), own));
            promises.add(promise(stack, merge, movement, after, rules, before, now, rewritten));
        }
        boolean others = Floor.othersApprove(floors, movement.repository(), rules);
        List<String> lines = new ArrayList<>();
        for (Intent.Promise promise : promises) {
            // Where others must approve, they do so on the pull request that is merged, not on one that happens to have
            // the same code.
            Optional<Reviewed> reviewed = reviewedPlans
                    .of(transaction, promise, movement, after, brought, mirror)
                    .filter(seen -> !others || brought.contains(seen.change()));
            // Plans of the same code may have been seen on a change that stays open; it is none of that one's business.
            Optional<Change> change = reviewed.map(Reviewed::change)
                    .filter(brought::contains)
                    .or(() -> bringing(transaction, promise, brought));
            Optional<Long> promised = intents.promise(
                    transaction,
                    promise,
                    change.map(Change::number).orElse(null),
                    reviewed.map(Reviewed::run).orElse(null));
            if (promised.isPresent() && others) {
                Set<String> own = pushers(transaction, merge, movement, mirror, brought, reviewed);
                pushers.record(transaction, promised.get(), own);
                Optional.ofNullable(latest.get(promise.stack().folder()))
                        .filter(last -> !last.state().fulfilled())
                        .ifPresent(last -> pushers.carry(transaction, last.id(), promised.get()));
                // Elsewhere people approve before the merge: their approvals are counted next.
                change.filter(one -> pulls.ofChange(transaction.handle(), one.number())
                                .isPresent())
                        .ifPresent(one -> {
                            intents.toCount(transaction, promised.get());
                            advances.mark(transaction, one.ballot());
                        });
            }
            lines.add("  " + promise.stack() + "  "
                    + reviewed.map(seen -> "reviewed in " + seen.change().id() + " as " + seen.run())
                            .orElse(promise.why()));
        }
        // Older promises for the same stacks are overtaken, also those that wait for a person: nobody else would tell
        // them.
        intents.unended(transaction.handle()).stream()
                .filter(intent -> intent.stack().repository().equals(movement.repository()))
                .forEach(intent -> advances.mark(transaction, intent.subject()));
        String warnings = now.problems().stream().map(problem -> problem + "\n").collect(Collectors.joining());
        String fewer = ReleasedText.before(released(before, now));
        feed.say(transaction, Merges.subject(merge), warnings + fewer + opening(after, now, lines));
    }

    /**
     * Commits of which main may have lost none for a stack to be brought on without asking: whoever rewrites main and then goes on
     * must not step over the approval that the rewriting waits for.
     */
    private Stream<CommitSha> mains(Transaction transaction, Intent latest) {
        if (merges.early(transaction.handle(), latest)) {
            // Its own commit never was main's.
            return merges.find(transaction.handle(), latest.promise().merge()).stream()
                    .flatMap(movement -> Stream.ofNullable(movement.before()));
        }
        return latest.state().fulfilled()
                ? Stream.of(latest.promise().commit())
                : merges.mainsSinceFulfilled(transaction.handle(), latest.stack()).stream();
    }

    /** Where a stack is just what one change made of it, those who pushed that change and main; else all who pushed anything. */
    private Set<String> pushers(
            Transaction transaction,
            long merge,
            Pushes.Movement movement,
            Mirror mirror,
            List<Change> brought,
            Optional<Reviewed> reviewed) {
        Set<String> all = new HashSet<>();
        reviewed.ifPresent(seen -> all.addAll(pushers.of(transaction.handle(), seen.change(), mirror)));
        if (reviewed.filter(Reviewed::exact).isPresent()) {
            all.add(movement.actor());
        } else {
            all.addAll(pushers.of(transaction, merge, movement, mirror, brought));
        }
        return all;
    }

    private static Released released(Optional<StackCatalog> before, StackCatalog now) {
        return before.map(was -> Released.between(was, now)).orElse(Released.NONE);
    }

    private static String opening(CommitSha after, StackCatalog now, List<String> lines) {
        if (now.stacks().isEmpty()) {
            return "main is at " + after.abbreviated() + "; it has no stacks: "
                    + (now.holdsCode()
                            ? "none of its folders with .tf files is one"
                            : "no folder with .tf files was found");
        }
        if (lines.isEmpty()) {
            return "main is at " + after.abbreviated() + "; no stack's code changed, nothing to apply";
        }
        return "main is at " + after.abbreviated() + "; " + lines.size() + (lines.size() == 1 ? " stack" : " stacks")
                + " to bring there:\n" + String.join("\n", lines);
    }

    private Intent.Promise promise(
            ChangeStack stack,
            long merge,
            Pushes.Movement movement,
            CommitSha after,
            RepositoryConfig rules,
            Optional<StackCatalog> before,
            StackCatalog now,
            Optional<String> rewritten) {
        String repository = movement.repository();
        boolean destroy = stack.kind() == Intent.Kind.DESTROY;
        String origin = stack.origin();
        return new Intent.Promise(
                new StackId(repository, stack.folder()),
                merge,
                after,
                destroy ? before.orElseThrow().treeId() : now.treeId(),
                stack.kind(),
                origin == null ? null : new StackId(repository, origin),
                rewritten.map(lost -> lost + "; " + stack.why()).orElse(stack.why()),
                stack.code(),
                stack.reader(),
                rewritten.isPresent() ? Intent.Rule.REWRITTEN : rule(stack, rules),
                Floor.approvals(floors, repository, rules.approvals()));
    }

    private static Intent.Rule rule(ChangeStack stack, RepositoryConfig rules) {
        if (stack.reader()) {
            return rules.downstream() == RepositoryConfig.Downstream.AUTO
                    ? Intent.Rule.APPLY_UNLESS_DESTROYS
                    : Intent.Rule.APPROVE;
        }
        return rules.directPush() == RepositoryConfig.DirectPush.APPLY ? Intent.Rule.APPLY : Intent.Rule.APPROVE;
    }

    /** The merged change that touches a stack whose plan nobody could see before: it reads what wasn't applied yet, say. */
    private Optional<Change> bringing(Transaction transaction, Intent.Promise promise, List<Change> merged) {
        return merged.stream()
                .filter(change -> QueueEntry.of(change.branch()).isEmpty())
                .filter(change -> changes.stacks(transaction.handle(), change.number()).stream()
                        .anyMatch(stack ->
                                stack.folder().equals(promise.stack().folder()) && stack.kind() == promise.kind()))
                .findFirst();
    }

    /** The others are looked at again, since their base moved. */
    private void closeMerged(
            Transaction transaction,
            long merge,
            Pushes.Movement movement,
            CommitSha after,
            List<String> brokenPolicies,
            Released released,
            List<Change> merged) {
        String policies = brokenPolicies.isEmpty()
                ? ""
                : "; main's policies can't be read now, and nothing is planned until that is mended: "
                        + String.join("; ", brokenPolicies);
        merged.forEach(change -> endings.merged(
                transaction, change, merge, movement.actor(), after, policies + ReleasedText.after(released)));
        changes.open(transaction.handle(), movement.repository())
                .forEach(change -> advances.mark(transaction, change.subject()));
    }
}
