package dev.plumbline.review;

import dev.plumbline.git.GitException;
import dev.plumbline.policy.Verdict;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.store.Database;
import java.util.Optional;

/** Why policies keep intents from being applied: those of the default branch as it was before it asked for them. */
final class Refusals {
    private final Database database;
    private final Merges merges;
    private final Intents intents;
    private final RunEngine engine;
    private final PlanVerdicts verdicts;

    Refusals(Database database, Merges merges, Intents intents, RunEngine engine, PlanVerdicts verdicts) {
        this.database = database;
        this.merges = merges;
        this.intents = intents;
        this.engine = engine;
        this.verdicts = verdicts;
    }

    /** Why an intent must not be applied by a plan; empty where no policy refuses it, or somebody approved it in spite of that. */
    Optional<String> of(Intent intent, Run plan) {
        Optional<String> allowed = database.read(handle -> intents.allowed(handle, intent.id()));
        boolean approved = allowed.isPresent()
                && allowed.equals(Optional.ofNullable(plan.facts()).map(PlanFacts::digest));
        return approved ? Optional.empty() : refusal(intent, plan);
    }

    private Optional<String> refusal(Intent intent, Run plan) {
        try {
            return verdict(intent, plan).refusal(intent.stack().folder());
        } catch (GitException gone) {
            return Optional.of("the policies of main as it was before it asked for this can't be read any more: "
                    + gone.getMessage());
        }
    }

    /**
     * What the policies say of the plan by which an intent would be applied.
     *
     * @throws GitException if the commit that holds them is gone
     */
    Verdict verdict(Intent intent, Run plan) {
        return database.read(handle -> merges.find(handle, intent.promise().merge()))
                .flatMap(moved -> Optional.ofNullable(moved.before()))
                .map(before -> verdicts.in(
                        engine.catalogs().mirror(intent.stack().repository()).tree(before)))
                .map(policies -> verdicts.of(plan, policies))
                .orElse(Verdict.NONE);
    }
}
