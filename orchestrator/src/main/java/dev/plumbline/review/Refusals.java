package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitException;
import dev.plumbline.policy.Policies;
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
        Optional<CommitSha> before = database.read(
                        handle -> merges.find(handle, intent.promise().merge()))
                .flatMap(moved -> Optional.ofNullable(moved.before()));
        if (before.isEmpty()) {
            return Optional.empty();
        }
        String repository = intent.stack().repository();
        try {
            Policies policies = verdicts.in(engine.catalogs().mirror(repository).tree(before.get()));
            return verdicts.of(plan, policies).refusal(intent.stack().folder());
        } catch (GitException gone) {
            return Optional.of("the policies of main at " + before.get().abbreviated() + " can't be read any more: "
                    + gone.getMessage());
        }
    }
}
