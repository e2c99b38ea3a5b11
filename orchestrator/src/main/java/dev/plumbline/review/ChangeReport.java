package dev.plumbline.review;

import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.review.ChangeSnapshot.Unaffected;
import dev.plumbline.run.Counts;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.Released;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the author of a change is told: first which stacks are affected and why, at the end a table and every plan. */
final class ChangeReport {
    /** So many characters of plans are shown; of others it is said where they stand. */
    private static final int LONGEST = 200_000;

    private final KeptPlans plans;

    ChangeReport(KeptPlans plans) {
        this.plans = plans;
    }

    /** The first lines, before anything is planned. */
    static String opening(Change change, List<ChangeStack> stacks, List<String> problems, Released released) {
        String head = "change " + change.id() + " " + TerminalText.safeLine(change.branch()) + " at "
                + change.head().abbreviated() + ": " + TerminalText.safeLine(change.title());
        if (!problems.isEmpty()) {
            return head + "\nits configuration has errors:\n" + String.join("\n", problems);
        }
        String note =
                ReleasedText.lines(released).stream().map(line -> "\n" + line).collect(Collectors.joining());
        if (stacks.isEmpty()) {
            return head + "\nno stack is " + (released.all() ? "left" : "affected") + note;
        }
        return head + "\n" + stacks.size() + (stacks.size() == 1 ? " stack is" : " stacks are") + " affected:\n"
                + stacks.stream()
                        .map(stack -> "  " + stack.folder() + "  " + stack.why())
                        .map(TerminalText::safeLine)
                        .collect(Collectors.joining("\n"))
                + note;
    }

    /** The table, then every plan, then what to do next. */
    String text(ChangeSnapshot now, String outcome) {
        List<String> parts = new ArrayList<>();
        parts.add("");
        if (!now.stacks().isEmpty()) {
            parts.add(table(now.stacks()));
        }
        now.all(Ended.class)
                .forEach(ended -> ended.verdict().findings().stream()
                        .map(finding -> finding.of(ended.stack().folder()))
                        .map(TerminalText::safeLine)
                        .forEach(parts::add));
        int room = LONGEST;
        for (Ended ended : now.all(Ended.class)) {
            Optional<String> plan = plans.report(ended.run().id(), KeptPlans.Form.TEXT)
                    .filter(text -> ended.run().state() == RunState.PLANNED)
                    .map(String::stripTrailing);
            if (plan.isPresent()) {
                boolean fits = plan.get().length() <= room;
                room -= fits ? plan.get().length() : 0;
                parts.add("\n"
                        + (fits
                                ? plan.get()
                                : inItsLog(ended.stack().folder(), ended.run().id())));
            }
            if (ended.run().facts() == null) {
                parts.add("\n" + ended.stack().folder() + " could not be planned:\n"
                        + ended.run().reason());
            }
        }
        parts.add("");
        parts.add(now.change().id() + ": " + outcome);
        parts.add(next(now));
        return String.join("\n", parts).stripTrailing();
    }

    private static String next(ChangeSnapshot now) {
        boolean failed =
                now.all(Ended.class).stream().anyMatch(ended -> ended.run().facts() == null);
        if (now.blameless()) {
            return "mend main first; then it is planned by itself";
        }
        if (now.released().all() && now.problems().isEmpty()) {
            return "mend it and push again; or, if Plumbline is to leave all of them alone, merge it as it is";
        }
        if (failed || !now.problems().isEmpty()) {
            return "mend it and push again; plumbline retry " + now.change().typed() + " plans the same commit again";
        }
        if (!now.refusals().isEmpty()) {
            return "change it and push again, or change the policy on main first; merged as it is, it waits for approval";
        }
        return now.stacks().isEmpty()
                ? ""
                : "to apply: merge " + TerminalText.safeLine(now.change().branch()) + " into main and push main";
    }

    private static String inItsLog(String folder, RunId run) {
        return TerminalText.safeLine(folder) + ": its plan stands in plumbline logs " + run;
    }

    /** One line a stack, its columns as wide as they need to be. */
    static String table(List<Standing> stacks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("STACK", "PLAN", "+", "~", "-", "RUN", "WHY"));
        stacks.forEach(standing -> rows.add(row(standing)));
        int[] widths = new int[7];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(row.get(column))
                    .append(" ".repeat(widths[column] - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static List<String> row(Standing standing) {
        String folder = TerminalText.safeLine(standing.stack().folder());
        String why = TerminalText.safeLine(standing.stack().why());
        if (standing instanceof Ended ended) {
            PlanFacts facts = ended.run().facts();
            Counts counts = facts == null ? new Counts(0, 0, 0, 0) : facts.counts();
            return List.of(
                    folder,
                    ended.refusal().isPresent()
                            ? "refused"
                            : ended.run().state().word(),
                    String.valueOf(counts.toAdd()),
                    String.valueOf(counts.change()),
                    String.valueOf(counts.toDestroy()),
                    ended.run().id().toString(),
                    why);
        }
        String word = standing instanceof Unaffected ? "unaffected" : "later";
        return List.of(folder, word, "", "", "", "", standing.reason());
    }

    /** Which plans a report shows, as {@link Change#reported()} keeps it. */
    static String plansShown(ChangeSnapshot now) {
        return now.all(Ended.class).stream()
                .filter(ended -> ended.run().facts() != null)
                .map(ended -> ended.run().id().number() + " " + ended.stack().folder())
                .collect(Collectors.joining("\n"));
    }
}
