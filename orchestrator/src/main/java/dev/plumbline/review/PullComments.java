package dev.plumbline.review;

import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.Deployment;
import dev.plumbline.forge.PullText;
import dev.plumbline.forge.QueueEntry;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunLedger;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.Markdown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told of a change in Markdown: the comment on a pull request, the whole report, and the statuses beside its commits. */
final class PullComments implements PullText {
    /** Nobody reads more of a report. */
    private static final int LONGEST_REPORT = 500_000;

    private final Database database;
    private final Changes changes;
    private final ChangeSnapshots snapshots;
    private final FormerHeads formerHeads;
    private final Merges merges;
    private final Intents intents;
    private final KeptPlans plans;
    private final RunLedger ledger;
    private final Remotes remotes;
    private final OpenText open;
    private final MergedText merged;
    private final PullStatuses statuses;
    private final Diagnoses diagnoses;
    private final MergeQueue queue;
    private final Credits credits;

    PullComments(
            Database database,
            Changes changes,
            ChangeSnapshots snapshots,
            FormerHeads formerHeads,
            Merges merges,
            Intents intents,
            MergeQueue queue,
            Credits credits,
            RunEngine engine,
            PageLinks links,
            Refusals refusals,
            PromisedPlans promised,
            Remotes remotes) {
        this.database = database;
        this.queue = queue;
        this.credits = credits;
        this.remotes = remotes;
        this.changes = changes;
        this.snapshots = snapshots;
        this.formerHeads = formerHeads;
        this.merges = merges;
        this.intents = intents;
        this.plans = engine.plans();
        this.ledger = engine.ledger();
        this.open = new OpenText(plans, links);
        this.merged = new MergedText(engine.ledger(), plans, links, refusals, promised);
        this.statuses = new PullStatuses(links);
        this.diagnoses = new Diagnoses(engine.problems());
    }

    @Override
    public Optional<Post> of(long number, int longest) {
        return changes.find(number).map(change -> switch (change.state()) {
            case MERGED ->
                told(merged(change, command(change)).within(longest), awaited(change, intents.ofChange(number)));
            case CLOSED -> told(closed(change), Optional.empty());
            default -> {
                ChangeSnapshot now = snapshots.of(change);
                List<Intent> early = intents.ofHead(change);
                boolean report = change.state() != ChangeState.PLANNING && change.state() != ChangeState.WAITING;
                yield new Post(
                        open(now, early, command(change)).within(longest),
                        QueueEntry.of(change.branch()).isPresent()
                                ? List.of(statuses.ofQueued(now, queue.obstacle(now)))
                                : statuses.of(now, early.isEmpty(), remotes.command(change.repository())),
                        report,
                        diagnoses.of(now),
                        awaited(change, early)
                                .or(() -> PlansDigest.of(now).map(digest -> new Shown(change.head(), digest.hex()))));
            }
        });
    }

    private Optional<String> command(Change change) {
        return Optional.of(remotes.command(change.repository()));
    }

    /** Of a change that nobody can merge any more. */
    private static Post told(String markdown, Optional<Shown> shown) {
        return new Post(markdown, List.of(), false, Optional.empty(), shown);
    }

    private Optional<Shown> awaited(Change change, List<Intent> promised) {
        return AwaitedPlans.of(promised, ledger).map(lines -> new Shown(change.head(), lines));
    }

    @Override
    public List<CommitStatus> of(Subject merge, CommitSha commit) {
        return statuses.of(commit, merges.failure(merge.number()), intents.ofMerge(merge.number()));
    }

    @Override
    public List<Deployment> deployments(Subject merge, CommitSha commit) {
        return statuses.deployments(commit, intents.ofMerge(merge.number()));
    }

    private CommentDraft open(ChangeSnapshot now, List<Intent> early, Optional<String> command) {
        Change change = now.change();
        return early.isEmpty() || change.state() == ChangeState.PLANNING
                ? open.of(now, history(change), command)
                : merged.of(
                        change,
                        applied(early) ? "applied before it is merged" : "it is merged once all of it is applied",
                        credits.of(change, early),
                        early,
                        history(change),
                        command);
    }

    private static boolean applied(List<Intent> early) {
        return early.stream().allMatch(intent -> intent.state().fulfilled());
    }

    private CommentDraft merged(Change change, Optional<String> command) {
        List<Intent> promised = intents.ofChange(change.number());
        Optional<String> obstacle = promised.isEmpty() ? obstacle(change) : Optional.empty();
        return obstacle.isPresent()
                ? merged.stranded(change, obstacle.get(), history(change), command)
                : merged.of(change, change.reason(), credits.of(change, promised), promised, history(change), command);
    }

    private Optional<String> obstacle(Change change) {
        return database.read(
                handle -> changes.mergedBy(handle, change.number()).flatMap(merge -> merges.obstacle(handle, merge)));
    }

    private String history(Change change) {
        return PreviousPlans.text(formerHeads.of(change.number()));
    }

    private String closed(Change change) {
        return "### Plumbline: closed\n\n"
                + OpenText.sentence(
                        change.reason() + "; its plans are stopped and deleted, and nothing of it is planned any more")
                + notTakenBack(change)
                + history(change);
    }

    /** What was begun before the merge that never came stands in the cloud, and not on the base branch. */
    private String notTakenBack(Change change) {
        String left = intents.ofHead(change).stream()
                .filter(intent -> intent.apply() != null && intent.state() != IntentState.CANCELLED)
                .map(intent -> Markdown.code(intent.stack().folder()) + " ("
                        + intent.state().word() + ")")
                .collect(Collectors.joining(", "));
        return left.isEmpty()
                ? ""
                : "**Not taken back:** what was applied of " + left
                        + ". **Next:** open it again and merge it, or merge what is to be there instead.\n\n";
    }

    /** What the comment says, with more room; of a change that was closed, with the plans that were shown last. */
    String report(Change change, List<ChangeStack> stacks) {
        return switch (change.state()) {
            case MERGED -> merged(change, Optional.empty()).within(LONGEST_REPORT);
            case CLOSED -> closed(change) + "\n" + shownLast(stacks);
            default ->
                open(snapshots.of(change), intents.ofHead(change), Optional.empty())
                        .within(LONGEST_REPORT);
        };
    }

    private String shownLast(List<ChangeStack> stacks) {
        return stacks.stream()
                .flatMap(stack -> shownLast(stack.folder(), Optional.ofNullable(stack.run())).stream())
                .collect(Collectors.joining("\n"));
    }

    private Optional<String> shownLast(String folder, Optional<RunId> run) {
        return run.flatMap(id -> plans.diffs(id, new Limit(LONGEST_REPORT, "")))
                .map(text -> "#### " + Markdown.code(folder) + "\n\n" + text);
    }
}
