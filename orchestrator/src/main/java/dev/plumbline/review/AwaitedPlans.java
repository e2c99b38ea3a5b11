package dev.plumbline.review;

import dev.plumbline.run.RunLedger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names the plans that await approval after a merge, so that an approval can say which of them it was given for. */
final class AwaitedPlans {
    private AwaitedPlans() {}

    /** A line for each, its folder and its digest; empty where none awaits approval. */
    static Optional<String> of(List<Intent> intents, RunLedger ledger) {
        String lines = intents.stream()
                .filter(intent -> intent.state() == IntentState.AWAITING_APPROVAL)
                .flatMap(intent -> line(intent, ledger).stream())
                .sorted()
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
    }

    /** The line of one intent; empty while it has no plan. */
    static Optional<String> line(Intent intent, RunLedger ledger) {
        return ledger.digest(intent.shownPlan().orElse(null))
                .map(digest -> intent.stack().folder() + " " + digest);
    }
}
