package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.Remotes;
import dev.plumbline.run.Catalogs;
import dev.plumbline.run.Phase;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunLedger;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was applied, newest first, and who had a hand in it. */
public final class Applies {
    private final Database database;
    private final RunLedger runs;
    private final Intents intents;
    private final IntentApprovals approvals;
    private final Merges merges;
    private final Changes changes;
    private final PullBook pulls;
    private final Remotes remotes;
    private final TakingBack takingBack;

    Applies(
            Database database,
            RunLedger runs,
            Intents intents,
            IntentApprovals approvals,
            Merges merges,
            Changes changes,
            PullBook pulls,
            Remotes remotes,
            Catalogs catalogs) {
        this.database = database;
        this.runs = runs;
        this.intents = intents;
        this.approvals = approvals;
        this.merges = merges;
        this.changes = changes;
        this.pulls = pulls;
        this.remotes = remotes;
        this.takingBack = new TakingBack(catalogs);
    }

    /**
     * Also those that failed, or were stopped.
     *
     * @param stack null for all
     * @param limit at most so many
     * @param before only what is older than the run of that number
     */
    public List<Apply> latest(@Nullable StackId stack, int limit, long before) {
        return database.read(handle -> handle
                .createQuery("""
                        SELECT number FROM run
                         WHERE phase = :apply AND number < :before
                           AND (:folder IS NULL OR (repository = :repository AND folder = :folder))
                         ORDER BY number DESC LIMIT :limit
                        """)
                .bind("apply", Phase.APPLY.word())
                .bind("repository", stack == null ? null : stack.repository())
                .bind("folder", stack == null ? null : stack.folder())
                .bind("before", before)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list()
                .stream()
                .flatMap(number -> runs.find(handle, new RunId(number)).stream())
                .flatMap(run -> of(handle, run).stream())
                .toList());
    }

    /** Who approved what an apply applies, in the order in which they did; nobody where the merge was enough. */
    public List<String> approvers(Run apply) {
        return database.read(handle -> intent(handle, apply)
                .map(intent -> approvers(handle, intent, plan(handle, apply)))
                .orElse(List.of()));
    }

    private Optional<Apply> of(Handle handle, Run run) {
        return intent(handle, run).map(intent -> {
            Optional<PlanFacts> plan = plan(handle, run);
            Optional<PullBook.Entry> pull =
                    Optional.ofNullable(intent.change()).flatMap(change -> pulls.ofChange(handle, change));
            Optional<Change> change =
                    Optional.ofNullable(intent.change()).flatMap(number -> changes.find(handle, number));
            Merges.Request request =
                    merges.request(handle, intent.promise().merge()).orElseThrow();
            return new Apply(
                    run,
                    by(request, pull),
                    request.early(),
                    intents.isBypassed(handle, intent.id()),
                    plan,
                    approvers(handle, intent, plan),
                    change,
                    pull.map(PullBook.Entry::pull),
                    takingBack.command(
                            run,
                            change,
                            merges.find(handle, intent.promise().merge()).orElseThrow()));
        });
    }

    private Optional<Intent> intent(Handle handle, Run apply) {
        return Optional.of(apply.order().forWhom())
                .filter(whom -> whom.kind().equals(Intent.SUBJECT))
                .flatMap(whom -> intents.find(handle, whom.number()));
    }

    private Optional<PlanFacts> plan(Handle handle, Run apply) {
        return Optional.ofNullable(apply.order().plan())
                .flatMap(plan -> runs.find(handle, plan))
                .flatMap(plan -> Optional.ofNullable(plan.facts()));
    }

    private List<String> approvers(Handle handle, Intent intent, Optional<PlanFacts> plan) {
        return plan.map(facts -> approvals.approvers(handle, intent.id(), facts.digest()))
                .orElse(List.of());
    }

    /** A forge's own word of who merged counts more than who committed what came of it. */
    private String by(Merges.Request request, Optional<PullBook.Entry> pull) {
        return pull.filter(entry -> !request.early())
                .flatMap(entry -> Optional.ofNullable(entry.mergedBy())
                        .flatMap(login -> remotes.of(entry.repository()).map(remote -> remote.actor(login))))
                .orElse(request.actor());
    }
}
