package dev.plumbline.review;

import dev.plumbline.forge.NoteText;
import dev.plumbline.git.CommitSha;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.run.Counts;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Subject;
import dev.plumbline.terraform.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is told on the commits themselves, where a repository lives elsewhere: the report of a change on its head, and what became of
 * a merge on the commit that main moved to. Readable in {@code git log}; the trailers at the end are for programs.
 */
final class Notes implements NoteText {
    private final Changes changes;
    private final ChangeSnapshots snapshots;
    private final ChangeReport report;
    private final Merges merges;
    private final Intents intents;

    Notes(Changes changes, ChangeSnapshots snapshots, ChangeReport report, Merges merges, Intents intents) {
        this.changes = changes;
        this.snapshots = snapshots;
        this.report = report;
        this.merges = merges;
        this.intents = intents;
    }

    @Override
    public Optional<String> of(Subject about, CommitSha on) {
        return about.kind().equals("merge")
                ? ofMerge(about.number(), on)
                : changes.find(about.number()).flatMap(change -> ofChange(change, on));
    }

    private Optional<String> ofChange(Change change, CommitSha on) {
        if (!change.head().equals(on)) {
            String moved = change.id() + " moved on to " + change.head().abbreviated();
            return Optional.of(
                    text(change.id() + " is superseded", moved, "", trailers(change, "superseded", List.of())));
        }
        if (change.state() == ChangeState.PLANNING || !change.state().open()) {
            // Its plans are told once they are all there; what it became stands on the commit of the merge.
            return Optional.empty();
        }
        ChangeSnapshot now = snapshots.of(change);
        List<String> stacks = now.all(Ended.class).stream().map(Notes::trailer).toList();
        return Optional.of(text(
                change.id() + " is " + change.state().word(),
                change.reason(),
                report.text(now, change.reason()),
                trailers(change, change.state().word(), stacks)));
    }

    private static List<String> trailers(Change change, String state, List<String> stacks) {
        List<String> lines = new ArrayList<>();
        lines.add("Plumbline-Change: " + change.id());
        lines.add("Plumbline-State: " + state);
        Change.Preview preview = change.preview();
        if (preview != null) {
            lines.add("Plumbline-Base: " + preview.base().hex());
        }
        lines.addAll(stacks);
        return lines;
    }

    private static String trailer(Ended ended) {
        PlanFacts facts = ended.run().facts();
        String plan = ended.stack().folder() + " " + ended.run().state().word() + " "
                + ended.run().id();
        if (facts == null) {
            return "Plumbline-Stack: " + plan;
        }
        Counts counts = facts.counts();
        return "Plumbline-Stack: " + plan + " +" + counts.toAdd() + " ~" + counts.change() + " -" + counts.toDestroy()
                + " digest=" + facts.digest();
    }

    private Optional<String> ofMerge(long merge, CommitSha on) {
        Optional<String> failure = merges.failure(merge);
        List<Intent> all = intents.ofMerge(merge);
        if (failure.isEmpty() && !all.stream().allMatch(intent -> intent.state().settled())) {
            return Optional.empty();
        }
        String state = failure.isPresent() ? "failed" : state(all);
        String lines = failure.orElseGet(() -> all.stream()
                .map(intent -> intent.stack().folder() + "  " + intent.state().word() + ": " + intent.reason())
                .collect(Collectors.joining("\n")));
        List<String> trailers = new ArrayList<>(List.of("Plumbline-State: " + state));
        all.forEach(intent -> trailers.add("Plumbline-Stack: " + intent.stack().folder() + " "
                + intent.state().word()
                + Optional.ofNullable(intent.apply()).map(run -> " " + run).orElse("")));
        String words = all.isEmpty() && failure.isEmpty() ? "no stack's code changed, nothing to apply" : "";
        return Optional.of(text("main at " + on.abbreviated() + ": " + state, words, lines, trailers));
    }

    static String state(List<Intent> all) {
        for (IntentState worst : List.of(
                IntentState.FAILED,
                IntentState.CANCELLED,
                IntentState.BLOCKED,
                IntentState.AWAITING_APPROVAL,
                IntentState.APPLIED,
                IntentState.SUPERSEDED)) {
            if (all.stream().anyMatch(intent -> intent.state() == worst)) {
                return worst.word();
            }
        }
        return IntentState.NO_CHANGES.word();
    }

    private static String text(String title, String sentence, String report, List<String> trailers) {
        String words = sentence.isEmpty() ? "" : TerminalText.safeLine(sentence) + "\n\n";
        String body = report.isBlank()
                ? ""
                : Markdown.fenced("text", TerminalText.safe(report).strip()) + "\n";
        return "# Plumbline: " + title + "\n\n" + words + body
                + trailers.stream().map(TerminalText::safeLine).collect(Collectors.joining("\n"));
    }
}
