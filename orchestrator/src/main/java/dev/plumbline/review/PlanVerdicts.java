package dev.plumbline.review;

import dev.plumbline.config.ConfigProblem;
import dev.plumbline.git.SourceTree;
import dev.plumbline.policy.Policies;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Verdict;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunState;
import dev.plumbline.stack.ContentCache;
import java.util.List;

/** What the policies of a base say of plans; a plan is read once for them, however often that is asked. */
final class PlanVerdicts {
    private static final int PLANS = 10_000;

    private final PolicyEngine engine = new PolicyEngine();
    private final ContentCache<List<Object>, Verdict> known = new ContentCache<>(PLANS);
    private final KeptPlans plans;

    PlanVerdicts(KeptPlans plans) {
        this.plans = plans;
    }

    /** The policies of a tree. */
    Policies in(SourceTree tree) {
        return engine.in(tree);
    }

    /** What keeps the policies of a tree from being read, each with file, line and column. */
    List<String> problems(SourceTree tree) {
        return in(tree).problems().stream().map(ConfigProblem::toString).toList();
    }

    /** @param policies of the branch that it goes to, as that was before; never those that come with the plan's own code */
    Verdict of(Run plan, Policies policies) {
        return policies.none() || plan.state() != RunState.PLANNED
                ? Verdict.NONE
                : known.get(List.of(plan.id(), policies.id()), () -> judged(plan, policies));
    }

    private Verdict judged(Run plan, Policies policies) {
        Verdict verdict = policies.judge(plan.stack().folder(), plans.model(plan.id()));
        return verdict.findings().isEmpty() ? verdict : verdict.masked(plans.masker(plan.id())::mask);
    }
}
