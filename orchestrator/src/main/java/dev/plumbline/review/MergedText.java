package dev.plumbline.review;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.git.GitException;
import dev.plumbline.policy.Verdict;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunLedger;
import dev.plumbline.terraform.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told of a change that was merged: what became of each stack, and the plan that was applied or waits to be. */
final class MergedText {
    private final RunLedger ledger;
    private final KeptPlans plans;
    private final PageLinks links;
    private final Refusals refusals;
    private final PromisedPlans promised;

    MergedText(RunLedger ledger, KeptPlans plans, PageLinks links, Refusals refusals, PromisedPlans promised) {
        this.refusals = refusals;
        this.promised = promised;
        this.ledger = ledger;
        this.plans = plans;
        this.links = links;
    }

    /**
     * A promise with the runs that plan and apply it.
     *
     * @param verdict of the policies over the plan, while that waits for somebody
     * @param confirmable whether it waits only for somebody to say that it is to be applied
     */
    private record Kept(Intent intent, Optional<Run> plan, Optional<Run> apply, Verdict verdict, boolean confirmable) {
        boolean failed() {
            return intent.state() == IntentState.FAILED;
        }

        boolean awaits() {
            return intent.state() == IntentState.AWAITING_APPROVAL;
        }
    }

    /**
     * @param reason how it came to be applied
     * @param credits who let it pass, in Markdown; empty where there is nothing to say
     * @param intents the promises that were made for it
     * @param history of its former heads, in Markdown
     * @param command the word with which its readers can give commands by comment; empty where they can't
     */
    CommentDraft of(
            Change change,
            String reason,
            String credits,
            List<Intent> intents,
            String history,
            Optional<String> command) {
        List<Kept> all = intents.stream().map(this::kept).toList();
        String state = intents.isEmpty() ? "merged" : Notes.state(intents);
        SortedMap<String, String> states = new TreeMap<>();
        intents.forEach(
                intent -> states.put(intent.stack().folder(), intent.state().word()));
        return new CommentDraft(
                "### Plumbline: " + heading(intents) + "\n\n" + OpenText.sentence(reason)
                        + (credits.isEmpty() ? "" : credits + "\n\n"),
                new StackTable(all.stream()
                        .map(one -> StackTable.Row.of(one.intent(), one.plan(), one.apply()))
                        .toList()),
                sections(all),
                next(all, command, change.state().open())
                        + history
                        + CommentDraft.footer(change, Optional.empty(), links, command),
                new Trailer(change, state, Optional.empty(), states),
                CommentDraft.where(change, links));
    }

    /**
     * Of one that was merged into a branch of which nothing can be applied for now.
     *
     * @param obstacle what is wrong with that branch
     */
    CommentDraft stranded(Change change, String obstacle, String history, Optional<String> command) {
        return new CommentDraft(
                "### Plumbline: merged, and nothing is applied yet\n\n" + OpenText.sentence(change.reason()),
                new StackTable(List.of()),
                List.of(new Section.Failure("The branch that it was merged into can't be taken in", obstacle)),
                "**Next:** mend that there. What this changes is planned then, and waits here for approval.\n\n"
                        + history
                        + CommentDraft.footer(change, Optional.empty(), links, command),
                new Trailer(change, "merged", Optional.empty(), new TreeMap<>()),
                CommentDraft.where(change, links));
    }

    private Kept kept(Intent intent) {
        Optional<Run> plan = run(intent.plan()).or(() -> run(intent.reviewed()));
        Optional<Run> apply = run(intent.apply());
        if (intent.state() == IntentState.AWAITING_APPROVAL && plan.isPresent()) {
            try {
                Verdict verdict = refusals.verdict(intent, plan.get());
                return new Kept(intent, plan, apply, verdict, promised.confirmable(intent));
            } catch (GitException gone) {
                // The table says so: it is why the stack waits.
                return new Kept(intent, plan, apply, Verdict.NONE, false);
            }
        }
        return new Kept(intent, plan, apply, Verdict.NONE, false);
    }

    private Optional<Run> run(@Nullable RunId id) {
        return Optional.ofNullable(id).flatMap(ledger::find);
    }

    private static String heading(List<Intent> intents) {
        long moving =
                intents.stream().filter(intent -> !intent.state().settled()).count();
        if (moving > 0) {
            return "applying " + moving + (moving == 1 ? " stack" : " stacks");
        }
        String state = intents.isEmpty() ? "" : Notes.state(intents);
        // What is blocked by that goes on with it.
        boolean waits = intents.stream().anyMatch(intent -> intent.state() == IntentState.AWAITING_APPROVAL);
        return switch (state) {
            case "" -> "merged, nothing to apply";
            case "failed" -> "apply failed";
            default -> waits ? "waiting for approval" : state.replace('-', ' ');
        };
    }

    private List<Section> sections(List<Kept> all) {
        List<Section> sections = new ArrayList<>();
        all.stream()
                .filter(Kept::failed)
                .forEach(one -> sections.add(
                        new Section.Failure(Markdown.code(one.intent().stack().folder()) + " failed", reason(one))));
        List<String> findings = all.stream()
                .flatMap(one -> OpenText.findings(one.intent().stack().folder(), one.verdict()))
                .toList();
        if (!findings.isEmpty()) {
            sections.add(new Section.Judged(policies(all), findings));
        }
        all.stream().filter(Kept::awaits).forEach(one -> plan(one, false).ifPresent(sections::add));
        all.stream()
                .filter(one -> !one.awaits() && one.intent().state() != IntentState.NO_CHANGES)
                .forEach(one -> plan(one, true).ifPresent(sections::add));
        return sections;
    }

    private static int policies(List<Kept> all) {
        return (int) all.stream()
                .flatMap(one -> one.verdict().policies().stream())
                .distinct()
                .count();
    }

    /** What Terraform said stands with the run. */
    private static String reason(Kept failed) {
        return failed.apply()
                .or(failed::plan)
                .map(Run::reason)
                .filter(reason -> !reason.isBlank())
                .orElse(failed.intent().reason());
    }

    private Optional<Section> plan(Kept kept, boolean folded) {
        return kept.plan()
                .filter(run -> run.facts() != null)
                .map(run -> OpenText.plan(kept.intent().stack().folder(), run, folded, plans, links));
    }

    /** @param early whether it is still to be merged, which the command to apply it does */
    private static String next(List<Kept> all, Optional<String> command, boolean early) {
        String apply = Markdown.code(command.orElse(ForgeConfig.USUAL_COMMAND) + " apply");
        if (early && all.stream().allMatch(one -> one.intent().state().fulfilled())) {
            return "**Next:** " + apply + " merges it.\n\n";
        }
        List<String> failed = all.stream()
                .filter(Kept::failed)
                .map(one -> one.intent().stack().folder())
                .toList();
        String approve = all.stream()
                .filter(Kept::awaits)
                .map(one -> Markdown.code(command.orElse(ForgeConfig.USUAL_COMMAND) + " approve "
                                + one.intent().stack().folder())
                        + digest(one))
                .collect(Collectors.joining(", "));
        if (!failed.isEmpty()) {
            String retry = command.map(word -> "comment " + Markdown.code(word + " retry"))
                    .orElseGet(() -> Markdown.code("plumbline retry " + String.join(" ", failed)));
            return "**Next:** mend what it ran into, then " + retry
                    + (early ? ", or push what mends it." : ", or merge what mends it.")
                    + (early ? " After that, " + apply + " merges it." : "") + "\n\n";
        }
        return approve.isEmpty()
                ? ""
                : "**Next:** look at the plan and approve it: " + approve + "."
                        + (all.stream().filter(Kept::awaits).allMatch(Kept::confirmable)
                                ? " No approvals are asked for here, so whoever may apply can say " + apply
                                        + " instead."
                                : "")
                        + (early
                                ? " The " + apply
                                        + " that waits for it then merges it; where none waits, ask once more."
                                : "")
                        + "\n\n";
    }

    private static String digest(Kept kept) {
        return kept.plan()
                .flatMap(run -> Optional.ofNullable(run.facts()))
                .map(PlanFacts::digest)
                .map(digest -> " (plan " + Markdown.code(digest.substring(0, 12)) + ")")
                .orElse("");
    }
}
