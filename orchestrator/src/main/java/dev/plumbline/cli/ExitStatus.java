package dev.plumbline.cli;

import dev.plumbline.web.Views;
import java.util.List;

/** The program's exit statuses, and the one place that chooses among them. */
public final class ExitStatus {
    /** Fine, or no changes. */
    public static final int FINE = 0;

    public static final int ERROR = 1;
    /** As Terraform has it; only from {@code plan} and {@code drift check}. */
    public static final int CHANGES = 2;
    /** A rule forbids it, or the role of the token. */
    public static final int REFUSED = 3;
    /** EX_USAGE of sysexits.h. */
    public static final int USAGE = 64;

    private ExitStatus() {}

    /** The worst that happened: a failure, then a refusal, then changes. */
    static int of(Views.Acted acted) {
        List<Views.Outcome> outcomes = acted.started();
        if (outcomes.stream()
                .anyMatch(outcome -> outcome.settled() && !outcome.succeeded() && !awaitsApproval(outcome))) {
            return ERROR;
        }
        if (!acted.refused().isEmpty() || outcomes.stream().anyMatch(ExitStatus::awaitsApproval)) {
            return REFUSED;
        }
        return outcomes.stream().anyMatch(Views.Outcome::changesPresent) ? CHANGES : FINE;
    }

    /** A rule wants a person first: nothing failed. */
    private static boolean awaitsApproval(Views.Outcome outcome) {
        return outcome.state().equals("awaiting-approval");
    }

    /** What an exception that reached the top means. */
    static int of(Throwable thrown) {
        return thrown instanceof CliException expected ? expected.status() : ERROR;
    }
}
