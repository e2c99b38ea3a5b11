package dev.plumbline.cli;

import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables that more than one command prints. */
final class Listings {
    private static final int COMMIT_LENGTH = 7;

    private Listings() {}

    static Table changes(List<Views.Change> changes, RelativeTime times) {
        boolean several =
                changes.stream().map(Views.Change::repository).distinct().count() > 1;
        Table table = new Table("CHANGE", "BRANCH", "STATE", "STACKS", "UPDATED", "WHY");
        for (Views.Change change : changes) {
            table.row(
                    Cell.of(Views.called(change.number(), change.pull())),
                    Cell.of(several ? change.repository() + ":" + change.branch() : change.branch()),
                    Cell.state(change.state()),
                    Cell.of(change.stacks().size()),
                    Cell.of(times.ago(change.updatedAt())),
                    Cell.of(firstLine(change.reason())));
        }
        return table;
    }

    static Table stacksOf(Views.Change change) {
        Table table = new Table("STACK", "STATE", "RUN", "PLAN", "WHY");
        for (Views.ChangeStack stack : change.stacks()) {
            table.row(
                    Cell.of(stack.stack()),
                    Cell.state(stack.state()),
                    Cell.of(stack.run() == null ? "-" : stack.run()),
                    Cell.of(counted(stack.counts())),
                    Cell.of(stack.why()));
        }
        return table;
    }

    static Table runs(List<Views.Run> runs, RelativeTime times) {
        Table table = new Table("RUN", "STACK", "PHASE", "STATE", "COMMIT", "QUEUED", "TOOK", "PLAN", "WHY");
        for (Views.Run run : runs) {
            table.row(
                    Cell.of(run.id()),
                    Cell.of(run.stack()),
                    Cell.of(run.phase()),
                    Cell.state(run.state()),
                    Cell.of(shortened(run.commit())),
                    Cell.of(times.ago(run.queuedAt())),
                    Cell.of(took(run.startedAt(), run.endedAt(), times)),
                    Cell.of(counted(run.counts())),
                    Cell.of(firstLine(run.reason())));
        }
        return table;
    }

    static Table applies(List<Views.Apply> applies, RelativeTime times) {
        Table table = new Table("APPLY", "WHEN", "OUTCOME", "COMMIT", "DIGEST", "BY", "WHAT");
        for (Views.Apply apply : applies) {
            table.row(
                    Cell.of(apply.run()),
                    Cell.of(times.ago(apply.at())),
                    Cell.state(apply.state()),
                    Cell.of(shortened(apply.commit())),
                    Cell.of(apply.digest() == null ? "-" : apply.digest()),
                    Cell.of(apply.by()),
                    Cell.of(told(apply)));
        }
        return table;
    }

    private static String told(Views.Apply apply) {
        Views.Pull pull = apply.pull();
        String url = pull == null || pull.url() == null ? "" : " (" + pull.url() + ")";
        String what = apply.change() == null
                ? "pushed to main"
                : Views.called(apply.change(), pull) + " " + apply.title() + url;
        return what
                + (apply.early() ? ", before its merge" : "")
                + (apply.destroy() ? ", all of it destroyed" : "")
                + (apply.bypassed() ? "; merged by " + apply.by() + " without all approvals" : "")
                + (apply.approvedBy().isEmpty()
                        ? ""
                        : (apply.bypassed() ? ", " : "; ") + "approved by " + String.join(", ", apply.approvedBy()))
                + "; to take it back: " + apply.toTakeBack();
    }

    static String shortened(@Nullable String commit) {
        return commit == null ? "-" : commit.substring(0, Math.min(COMMIT_LENGTH, commit.length()));
    }

    /** {@code +1 ~2 -3 ±4}: only what there is; {@code none} for a plan that changes nothing. */
    static String counted(Views.@Nullable Counts counts) {
        if (counts == null) {
            return "-";
        }
        StringBuilder text = new StringBuilder();
        part(text, "+", counts.add());
        part(text, "~", counts.change());
        part(text, "-", counts.destroy());
        part(text, "±", counts.replace());
        return text.isEmpty() ? "none" : text.toString();
    }

    private static void part(StringBuilder text, String sign, int count) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : " ").append(sign).append(count);
        }
    }

    private static String took(@Nullable Instant started, @Nullable Instant ended, RelativeTime times) {
        if (started == null) {
            return "-";
        }
        return ended == null ? times.since(started) : RelativeTime.span(Duration.between(started, ended));
    }

    /** Terraform's errors have many lines; a table has room for one. */
    private static String firstLine(String reason) {
        return reason.lines().findFirst().orElse("");
    }
}
