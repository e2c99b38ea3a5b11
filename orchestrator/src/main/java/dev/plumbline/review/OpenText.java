package dev.plumbline.review;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.policy.Severity;
import dev.plumbline.policy.Verdict;
import dev.plumbline.review.ChangeSnapshot.Deferred;
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
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
     * @param command the word with which its readers can give commands by comment; empty where they can't
     */
    CommentDraft of(ChangeSnapshot now, String history, Optional<String> command) {
        Change change = now.change();
        Optional<PlansDigest> digest = PlansDigest.of(now);
        return new CommentDraft(
                "### Plumbline: " + heading(now) + "\n\n" + reason(now) + ReleasedText.markdown(now.released()),
                new StackTable(now.stacks().stream()
                        .map(standing -> StackTable.Row.of(standing, now.stopped()))
                        .toList()),
                sections(now),
                next(now, command) + history + CommentDraft.footer(change, digest, links, command),
                new Trailer(change, change.state().word(), digest, states(now)),
                CommentDraft.where(change, links));
    }

    private static String heading(ChangeSnapshot now) {
        int stacks = now.stacks().size();
        String counted = stacks + (stacks == 1 ? " stack" : " stacks");
        return switch (now.change().state()) {
            case PLANNING -> now.previewDue() ? "looking at what it changes" : "planning " + counted;
            case PLANNED -> planned(stacks, now.all(Deferred.class).size()) + fewer(now);
            case NO_CHANGES -> (stacks == 0 ? "no stack is affected" : counted + " planned, no changes") + fewer(now);
            case CONFLICT -> "conflict";
            case WAITING -> "waiting";
            default -> failed(now, counted);
        };
    }

    /** @param later of them, once others are applied */
    private static String planned(int stacks, int later) {
        int planned = stacks - later;
        String counted = planned + (planned == 1 ? " stack" : " stacks") + " planned";
        return later == 0 ? counted : counted + ", " + later + " after the merge";
    }

    private static String fewer(ChangeSnapshot now) {
        int released = now.released().count();
        return released == 0
                ? ""
                : ", " + released + (released == 1 ? " is no stack any more" : " are no stacks any more");
    }

    private static String failed(ChangeSnapshot now, String counted) {
        if (!now.problems().isEmpty()) {
            return now.blameless() ? "the configuration on the base branch has errors" : "its configuration has errors";
        }
        if (now.released().all()) {
            return "no stack is left";
        }
        long failed = now.all(Ended.class).stream()
                .filter(ended -> ended.run().facts() == null)
                .count();
        if (failed == 0) {
            return now.stacks().size() == 1
                    ? "refused by policy"
                    : now.refusals().size() + " of " + counted + " refused by policy";
        }
        return now.stacks().size() == 1 ? "plan failed" : failed + " of " + counted + " could not be planned";
    }

    /** Where the heading, the table or an error that follows doesn't say it already. */
    private static String reason(ChangeSnapshot now) {
        return switch (now.change().state()) {
            case PLANNING, FAILED -> "";
            case NO_CHANGES ->
                now.stacks().isEmpty() ? "" : sentence(now.change().reason());
            default -> sentence(now.change().reason());
        };
    }

    /** With a capital and a full stop. */
    static String sentence(String reason) {
        if (reason.isEmpty()) {
            return "";
        }
        return Markdown.inline(capital(reason)) + ".\n\n";
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private List<Section> sections(ChangeSnapshot now) {
        List<Section> all = new ArrayList<>();
        if (!now.problems().isEmpty()) {
            all.add(new Section.Failure(
                    now.blameless()
                            ? "Not of this change: the base branch has these errors"
                            : "Its configuration has errors",
                    String.join("\n", now.problems())));
        }
        List<Ended> ended = now.all(Ended.class);
        ended.stream().filter(one -> one.run().facts() == null).forEach(one -> all.add(failure(one)));
        List<String> findings = ended.stream()
                .flatMap(one -> findings(one.stack().folder(), one.verdict()))
                .toList();
        // That all of them pass is known once all is planned.
        boolean passed = !now.policies().isEmpty() && now.change().state() != ChangeState.PLANNING;
        // What can't be read stands among the errors already.
        if (now.problems().isEmpty() && (passed || !findings.isEmpty())) {
            all.add(new Section.Judged(now.policies().size(), findings));
        }
        ended.stream()
                .filter(one -> one.run().state() == RunState.PLANNED)
                .sorted(Comparator.comparing(one -> gone(one.run()) == 0))
                .forEach(one -> all.add(plan(one, ended.size() > 1 && gone(one.run()) == 0)));
        return all;
    }

    /** What policies found in the plan of a stack, a line of Markdown each. */
    static Stream<String> findings(String folder, Verdict verdict) {
        return verdict.findings().stream()
                .map(finding -> (finding.severity() == Severity.REFUSES ? "**Refused:** " : "Warning: ")
                        + Markdown.code(folder) + " by " + Markdown.code(finding.policy())
                        + finding.title()
                                .map(title -> " (" + Markdown.inline(title) + ")")
                                .orElse("")
                        + ": " + Markdown.inline(finding.what()) + "."
                        + finding.because()
                                .map(why -> " " + Markdown.inline(why))
                                .orElse(""));
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
                Markdown.code(folder),
                counts,
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

    private static String next(ChangeSnapshot now, Optional<String> command) {
        String retry = command.map(word -> "comment " + Markdown.code(word + " retry"))
                .orElseGet(() -> Markdown.code("plumbline retry " + now.change().typed()));
        return switch (now.change().state()) {
            case CONFLICT -> "**Next:** merge the base branch into this one, mend it, and push.\n\n";
            case FAILED -> "**Next:** " + failedNext(now, retry) + "\n\n";
            case PLANNED -> planned(now, command) + "\n\n";
            case WAITING -> now.held().isPresent() && !now.early() ? merged(now) : "";
            default -> "";
        };
    }

    private static String failedNext(ChangeSnapshot now, String retry) {
        if (now.blameless()) {
            return "mend the base branch, by another pull request; then this one is planned by itself.";
        }
        if (now.released().all() && now.problems().isEmpty()) {
            return "mend it and push again. If Plumbline is to leave all of them alone, merge it as it is.";
        }
        return now.refusals().isEmpty()
                ? "mend it and push again; to plan the same commit again, " + retry + "."
                : "change it and push again, or change the policy on the base branch first. Merged as it is, it waits for approval.";
    }

    /** What holds it back here holds no merge back. */
    private static String merged(ChangeSnapshot now) {
        return "A merge applies it all the same: "
                + (PlansDigest.of(now).isPresent()
                        ? "what stands here, where it is still the same then.\n\n"
                        : "it is planned then, and awaits approval.\n\n");
    }

    /** First what others have to do, then what comes of it. */
    private static String planned(ChangeSnapshot now, Optional<String> command) {
        String then = merge(now, command);
        if (now.approvals().isEmpty()) {
            return "**Next:** " + then;
        }
        ApprovalCount count = now.approvals().get();
        String words = Markdown.inline(count.words());
        if (count.complete()) {
            return capital(words) + ".\n\n**Next:** " + then;
        }
        return "**Next:** let others approve it, by a review or by commenting "
                + Markdown.code(command.orElse(ForgeConfig.USUAL_COMMAND) + " approve") + ": " + words + ". Then "
                + then
                + (now.early() ? "" : " Merged without, it waits for approval.");
    }

    private static String merge(ChangeSnapshot now, Optional<String> command) {
        if (now.early()) {
            return "comment " + Markdown.code(command.orElse(ForgeConfig.USUAL_COMMAND) + " apply")
                    + ", and this is what is applied; then it is merged.";
        }
        boolean exceptions = !now.all(Deferred.class).isEmpty()
                || now.stacks().stream().anyMatch(standing -> standing.stack().kind() == Intent.Kind.DESTROY);
        return exceptions
                ? "merge; what awaits approval is asked for then, and all else is applied as it stands here."
                : "merge, and this is what is applied.";
    }

    private static SortedMap<String, String> states(ChangeSnapshot now) {
        SortedMap<String, String> states = new TreeMap<>();
        now.stacks().forEach(standing -> states.put(standing.stack().folder(), state(standing, now.stopped())));
        return states;
    }

    private static String state(Standing standing, boolean stopped) {
        return standing instanceof Ended ended && ended.refusal().isEmpty()
                ? ended.run().state().word()
                : StackTable.Row.of(standing, stopped).state().replace(' ', '-');
    }
}
