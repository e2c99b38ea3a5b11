package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.run.RunLedger;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.report.Markdown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says on a merged pull request who let it pass: it stands there for whoever reads it later. */
final class Credits {
    private final Database database;
    private final PullBook pulls;
    private final Intents intents;
    private final IntentApprovals approvals;
    private final RunLedger ledger;

    Credits(Database database, PullBook pulls, Intents intents, IntentApprovals approvals, RunLedger ledger) {
        this.database = database;
        this.pulls = pulls;
        this.intents = intents;
        this.approvals = approvals;
        this.ledger = ledger;
    }

    /**
     * Who merged it although approvals were missing, and who approved what is applied of it, in Markdown.
     *
     * @return empty where it was merged by the rules and nobody had to approve it
     */
    String of(Change change, List<Intent> promised) {
        return Stream.of(bypass(change, promised), approved(promised))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private String bypass(Change change, List<Intent> promised) {
        boolean bypassed =
                database.read(handle -> promised.stream().anyMatch(intent -> intents.isBypassed(handle, intent.id())));
        boolean waits = promised.stream().anyMatch(intent -> intent.state() == IntentState.AWAITING_APPROVAL);
        if (!bypassed || waits) {
            // Of what waits for that, the table says more.
            return "";
        }
        return pulls.ofChange(change.number())
                        .flatMap(entry -> Optional.ofNullable(entry.mergedBy()))
                        .map(login -> Markdown.inline(login) + " merged it")
                        .orElse("It was merged")
                + " without all approvals that main asks for.";
    }

    private String approved(List<Intent> promised) {
        String names = database
                .read(handle -> promised.stream()
                        .flatMap(intent -> ledger
                                .digest(intent.shownPlan().orElse(null))
                                .map(digest -> approvals.approvers(handle, intent.id(), digest))
                                .orElse(List.of())
                                .stream())
                        .distinct()
                        .toList())
                .stream()
                .map(Pushers::person)
                .distinct()
                .map(Markdown::inline)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "Approved by " + names + ".";
    }
}
