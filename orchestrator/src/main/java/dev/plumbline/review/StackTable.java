package dev.plumbline.review;

import dev.plumbline.review.ChangeSnapshot.Deferred;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Running;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.review.ChangeSnapshot.Unaffected;
import dev.plumbline.review.ChangeSnapshot.Unplanned;
import dev.plumbline.review.ChangeSnapshot.Waiting;
import dev.plumbline.run.Counts;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.terraform.report.Fitting;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.Markdown;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of a comment: one row a stack, as many as there is room for. */
record StackTable(List<Row> rows) {
    private static final int LONGEST_REASON = 300;
    private static final String HEAD = """
            | Stack | State | Add | Change | Destroy | Time | Why |
            | :-- | :-- | --: | --: | --: | --: | :-- |
            """;

    /**
     * One stack.
     *
     * @param counts of its plan; empty while there is none
     * @param took how long the run took that the state speaks of; empty while that goes on
     */
    record Row(String folder, String state, Optional<Counts> counts, Optional<Duration> took, String why) {

        /** @param stopped whether what isn't planned yet will not be either, before a person acts */
        static Row of(Standing standing, boolean stopped) {
            String folder = standing.stack().folder();
            if (standing instanceof Ended ended) {
                return new Row(
                        folder,
                        ended.refusal().isPresent()
                                ? "refused"
                                : words(ended.run().state().word()),
                        counts(ended.run()),
                        took(ended.run()),
                        ended.stack().why());
            }
            String why = standing instanceof Unplanned || standing instanceof Running
                    ? standing.stack().why()
                    : standing.reason();
            return new Row(
                    folder,
                    stopped && standing instanceof Unplanned ? "not planned" : state(standing),
                    Optional.empty(),
                    Optional.empty(),
                    why);
        }

        private static String state(Standing standing) {
            if (standing instanceof Running running) {
                return running.run().state().word();
            }
            if (standing instanceof Unaffected) {
                return "unaffected";
            }
            return standing instanceof Deferred ? "planned later" : standing instanceof Waiting ? "waiting" : "queued";
        }

        /** @param applied the run that applies it; empty while none does */
        static Row of(Intent intent, Optional<Run> plan, Optional<Run> applied) {
            return new Row(
                    intent.stack().folder(),
                    words(intent.state().word()),
                    plan.flatMap(Row::counts),
                    applied.flatMap(Row::took),
                    intent.why());
        }

        private static String words(String state) {
            return state.replace('-', ' ');
        }

        private static Optional<Counts> counts(Run run) {
            return Optional.ofNullable(run.facts()).map(PlanFacts::counts);
        }

        private static Optional<Duration> took(Run run) {
            return Optional.ofNullable(run.startedAt())
                    .flatMap(from -> Optional.ofNullable(run.endedAt()).map(to -> Duration.between(from, to)));
        }

        private String markdown() {
            String numbers = counts.map(Row::cells).orElse(" | | ");
            boolean bad = state.equals("failed") || state.equals("refused");
            String shown = bad ? "**" + state + "**" : Markdown.inline(state);
            String reason = why.lines().findFirst().orElse("");
            return "| " + Markdown.code(folder) + " | " + shown + " | " + numbers + " | "
                    + took.map(StackTable::words).orElse("") + " | "
                    + Markdown.inline(
                            reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…")
                    + " |\n";
        }

        /** What goes stands out. */
        private static String cells(Counts counts) {
            int gone = counts.toDestroy();
            return counts.toAdd() + " | " + counts.change() + " | " + (gone == 0 ? "0" : "**" + gone + "**");
        }
    }

    /** @param longest in characters, without the line that says how many rows are left out */
    String within(int longest) {
        if (rows.isEmpty()) {
            return "";
        }
        List<Fitting.Block> blocks =
                rows.stream().map(row -> new Fitting.Block(row.markdown(), "")).toList();
        return Fitting.fit(
                                HEAD,
                                blocks,
                                new Limit(Math.max(1, longest), ""),
                                more -> "| … and " + more + " more | | | | | | |\n")
                        .text()
                + "\n";
    }

    /** A time as people say it: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}. */
    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
