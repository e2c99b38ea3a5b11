package dev.plumbline.review;

import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.run.Counts;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunState;
import dev.plumbline.terraform.report.Markdown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is told of a change that waits to be merged. */
final class OpenText {
    private final KeptPlans plans;
    private final PageLinks links;

    OpenText(KeptPlans plans, PageLinks links) {
        this.plans = plans;
        this.links = links;
    }

    /**
     * @param history of its former heads, in Markdown
     * @param commands whether its readers can give commands by comment
     */
    CommentDraft of(ChangeSnapshot now, String history, boolean commands) {
        Change change = now.change();
        Optional<PlansDigest> digest = PlansDigest.of(now);
        return new CommentDraft(
                "### Plumbline: " + heading(now) + "\n\n" + reason(now),
                new StackTable(now.stacks().stream().map(StackTable.Row::of).toList()),
                sections(now),
                next(now, commands) + history + CommentDraft.footer(change, digest, links, commands),
                new Trailer(change, change.state().word(), digest, states(now)),
                CommentDraft.where(change, links));
    }

    private static String heading(ChangeSnapshot now) {
        int stacks = now.stacks().size();
        String counted = stacks + (stacks == 1 ? " stack" : " stacks");
        return switch (now.change().state()) {
            case PLANNING -> now.previewDue() ? "looking at what it changes" : "planning " + counted;
            case PLANNED -> counted + " planned";
            case NO_CHANGES -> stacks == 0 ? "no stack is affected" : counted + " planned, no changes";
            case CONFLICT -> "conflict";
            case WAITING -> "waiting";
            default -> "failed";
        };
    }

    /** While it is planned, the table tells it all. */
    private static String reason(ChangeSnapshot now) {
        boolean told = now.change().state() == ChangeState.PLANNING
                || now.stacks().isEmpty()
                        && now.problems().isEmpty()
                        && now.change().state() == ChangeState.NO_CHANGES;
        return told || !now.problems().isEmpty()
                ? ""
                : Markdown.inline(now.change().reason()) + ".\n\n";
    }

    private List<Section> sections(ChangeSnapshot now) {
        List<Section> all = new ArrayList<>();
        if (!now.problems().isEmpty()) {
            all.add(new Section.Failure("Its configuration has errors", String.join("\n", now.problems())));
        }
        List<Ended> ended = now.all(Ended.class);
        ended.stream().filter(one -> one.run().facts() == null).forEach(one -> all.add(failure(one)));
        ended.stream()
                .filter(one -> one.run().state() == RunState.PLANNED)
                .sorted(Comparator.comparing(one -> gone(one.run()) == 0))
                .forEach(one -> all.add(plan(one, ended.size() > 1 && gone(one.run()) == 0)));
        return all;
    }

    private static Section failure(Ended ended) {
        return new Section.Failure(
                Markdown.code(ended.stack().folder()) + " could not be planned",
                ended.run().reason());
    }

    private Section plan(Ended ended, boolean folded) {
        return plan(ended.stack().folder(), ended.run(), folded, plans, links);
    }

    /** A plan of a stack. */
    static Section plan(String folder, Run run, boolean folded, KeptPlans plans, PageLinks links) {
        String counts = Optional.ofNullable(run.facts())
                .map(PlanFacts::counts)
                .map(Counts::toString)
                .orElse("");
        return new Section.Planned(
                Markdown.code(folder) + ": " + counts,
                run.id(),
                folded,
                links.run(run.id()).orElse("plumbline logs " + run.id()),
                plans);
    }

    private static int gone(Run run) {
        return Optional.ofNullable(run.facts())
                .map(facts -> facts.counts().toDestroy())
                .orElse(0);
    }

    private static String next(ChangeSnapshot now, boolean commands) {
        Change change = now.change();
        String again = commands
                ? "comment " + Markdown.code("plumbline retry")
                : Markdown.code("plumbline retry '" + change.id() + "'");
        return switch (change.state()) {
            case CONFLICT -> "**Next:** merge the base branch into this one, mend it, and push.\n\n";
            case FAILED -> "**Next:** mend it and push again; to plan the same commit again: " + again + "\n\n";
            case PLANNED -> "**Next:** merge, and this is what is applied. To plan it again: " + again + "\n\n";
            default -> "";
        };
    }

    private static SortedMap<String, String> states(ChangeSnapshot now) {
        SortedMap<String, String> states = new TreeMap<>();
        now.stacks().forEach(standing -> states.put(standing.stack().folder(), state(standing)));
        return states;
    }

    private static String state(Standing standing) {
        return standing instanceof Ended ended
                ? ended.run().state().word()
                : StackTable.Row.of(standing).state().replace(' ', '-');
    }
}
