package dev.plumbline.review;

import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.CommitStatus.State;
import dev.plumbline.forge.PullText;
import dev.plumbline.git.CommitSha;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.run.Counts;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.RunState;
import dev.plumbline.store.Subject;
import dev.plumbline.terraform.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told of a change in Markdown: the comment on a pull request, the whole report, and the statuses beside its commits. */
final class PullComments implements PullText {
    /** The forges take 65,536 characters; what the table and the plans leave is for what stands around them. */
    private static final Room COMMENT = new Room(12_000, 45_000, 3_000);

    private static final Room REPORT = new Room(200_000, 200_000, 60_000);

    private static final String PLAN = "plumbline/plan";
    private static final String APPLY = "plumbline/apply";

    private final Changes changes;
    private final ChangeSnapshots snapshots;
    private final KeptPlans plans;
    private final Merges merges;
    private final Intents intents;

    /** So many characters the table, all plans and each reason may have. */
    private record Room(int table, int plans, int reason) {}

    PullComments(Changes changes, ChangeSnapshots snapshots, KeptPlans plans, Merges merges, Intents intents) {
        this.changes = changes;
        this.snapshots = snapshots;
        this.plans = plans;
        this.merges = merges;
        this.intents = intents;
    }

    @Override
    public Optional<Post> of(long number) {
        return changes.find(number).map(change -> switch (change.state()) {
            case MERGED -> new Post(merged(change, COMMENT), List.of());
            case CLOSED -> new Post(closed(change), List.of());
            default -> new Post(open(change, snapshots.of(change), COMMENT), List.of(status(change)));
        });
    }

    /** What the comment says, with more room, and with the plans of a change that is merged or closed. */
    String report(Change change, List<ChangeStack> stacks) {
        return switch (change.state()) {
            case MERGED -> merged(change, REPORT) + "\n" + kept(change, stacks);
            case CLOSED -> closed(change) + "\n" + kept(change, stacks);
            default -> open(change, snapshots.of(change), REPORT);
        };
    }

    private static String closed(Change change) {
        return title("closed") + Markdown.inline(change.reason()) + "; nothing of it is planned any more.\n";
    }

    private String open(Change change, ChangeSnapshot now, Room room) {
        boolean planning = change.state() == ChangeState.PLANNING;
        List<String> parts = new ArrayList<>();
        parts.add(title(heading(change, now)));
        parts.add(Markdown.inline(change.reason()) + "\n");
        if (!now.stacks().isEmpty()) {
            parts.add(table(now.stacks(), room));
        }
        now.problems().forEach(problem -> parts.add(Markdown.fenced("text", problem)));
        parts.add(plans(change, now, room));
        if (!planning) {
            parts.add(next(change, now));
        }
        parts.add("<sub>" + Markdown.inline(change.id()) + " at "
                + Markdown.code(change.head().abbreviated()) + "</sub>\n");
        return String.join("\n", parts);
    }

    private static String title(String words) {
        return "### Plumbline: " + words + "\n\n";
    }

    private static String heading(Change change, ChangeSnapshot now) {
        int stacks = now.stacks().size();
        String counted = stacks + (stacks == 1 ? " stack" : " stacks");
        return switch (change.state()) {
            case PLANNING -> "planning " + counted;
            case PLANNED -> counted + " planned";
            case NO_CHANGES -> stacks == 0 ? "no stack is affected" : counted + " planned, no changes";
            case CONFLICT -> "conflict";
            case WAITING -> "waiting";
            default -> "failed";
        };
    }

    private static CommitStatus status(Change change) {
        State state = switch (change.state()) {
            case PLANNED, NO_CHANGES -> State.SUCCESS;
            case PLANNING, WAITING -> State.PENDING;
            default -> State.FAILURE;
        };
        return new CommitStatus(change.head(), PLAN, state, firstLine(change.reason()), "");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String table(List<Standing> stacks, Room room) {
        String head = "| Stack | Plan | + | ~ | - | Why |\n|---|---|---|---|---|---|\n";
        return Fitting.joined(
                head,
                stacks.stream().map(PullComments::row).toList(),
                room.table(),
                more -> "| … and " + more + " more | | | | | |\n");
    }

    private static String row(Standing standing) {
        String state = standing instanceof Ended ended ? ended.run().state().word() : "…";
        String why = standing instanceof Ended ? standing.stack().why() : standing.reason();
        PlanFacts facts = standing instanceof Ended ended ? ended.run().facts() : null;
        String counts = " | | | ";
        if (facts != null) {
            Counts counted = facts.counts();
            counts = counted.toAdd() + " | " + counted.change() + " | " + counted.toDestroy();
        }
        return "| " + Markdown.code(standing.stack().folder()) + " | " + Markdown.inline(state) + " | " + counts + " | "
                + Markdown.inline(why) + " |\n";
    }

    private String plans(Change change, ChangeSnapshot now, Room room) {
        List<String> blocks = now.all(Ended.class).stream()
                .filter(ended -> ended.run().state() != RunState.NO_CHANGES)
                .map(ended -> plan(ended, room))
                .toList();
        return fitting(change, blocks, room);
    }

    /** The plans that were shown last, of a change that is no longer open. */
    private String kept(Change change, List<ChangeStack> stacks) {
        List<String> blocks = stacks.stream()
                .flatMap(stack -> Optional.ofNullable(stack.run()).stream())
                .flatMap(run -> plans.report(run, KeptPlans.Form.MARKDOWN).stream())
                .map(text -> text + "\n")
                .toList();
        return fitting(change, blocks, REPORT);
    }

    private static String fitting(Change change, List<String> blocks, Room room) {
        return Fitting.joined(
                "",
                blocks,
                room.plans(),
                more -> "\n… " + more + (more == 1 ? " plan" : " plans") + " more than fit here; "
                        + Markdown.code("plumbline change " + change.number()) + " prints all of them\n");
    }

    private String plan(Ended ended, Room room) {
        String folder = Markdown.code(ended.stack().folder());
        if (ended.run().facts() == null) {
            return "### " + folder + " could not be planned\n\n"
                    + Markdown.fenced("text", shortened(ended.run().reason(), room)) + "\n";
        }
        return plans.report(ended.run().id(), KeptPlans.Form.MARKDOWN).orElse("") + "\n";
    }

    private static String shortened(String reason, Room room) {
        return reason.length() <= room.reason() ? reason : reason.substring(0, room.reason()) + "…";
    }

    private static String next(Change change, ChangeSnapshot now) {
        boolean failed =
                now.all(Ended.class).stream().anyMatch(ended -> ended.run().facts() == null);
        if (change.state() == ChangeState.CONFLICT) {
            return "**Next:** merge the base branch into this one, mend it, and push.\n";
        }
        if (failed || !now.problems().isEmpty()) {
            return "**Next:** mend it and push again; " + Markdown.code("plumbline retry '" + change.id() + "'")
                    + " plans the same commit again.\n";
        }
        return now.stacks().isEmpty() ? "" : "**Next:** merge, and this is what is applied.\n";
    }

    private String merged(Change change, Room room) {
        List<Intent> all = intents.ofChange(change.number());
        String state = all.isEmpty() ? "merged" : Notes.state(all);
        List<String> rows = all.stream()
                .map(intent -> "| " + Markdown.code(intent.stack().folder()) + " | "
                        + Markdown.inline(intent.state().word()) + " | "
                        + Markdown.inline(shortened(intent.reason(), room)) + " |\n")
                .toList();
        String table = all.isEmpty()
                ? ""
                : Fitting.joined(
                        "| Stack | | |\n|---|---|---|\n",
                        rows,
                        room.plans(),
                        more -> "| … and " + more + " more | | |\n");
        return title(state) + Markdown.inline(change.reason()) + "\n\n" + table;
    }

    @Override
    public Optional<CommitStatus> of(Subject merge, CommitSha commit) {
        Optional<String> failure = merges.failure(merge.number());
        List<Intent> all = intents.ofMerge(merge.number());
        if (failure.isPresent()) {
            return Optional.of(new CommitStatus(commit, APPLY, State.FAILURE, firstLine(failure.get()), ""));
        }
        boolean settled = all.stream().allMatch(intent -> intent.state().settled());
        boolean fine =
                all.stream().allMatch(intent -> intent.state().fulfilled() || intent.state() == IntentState.SUPERSEDED);
        State state = fine ? State.SUCCESS : settled ? State.FAILURE : State.PENDING;
        String words = all.isEmpty()
                ? "no stack's code changed, nothing to apply"
                : all.stream()
                        .map(intent ->
                                intent.stack().folder() + " " + intent.state().word())
                        .collect(Collectors.joining(", "));
        return Optional.of(new CommitStatus(commit, APPLY, state, words, ""));
    }
}
