package dev.plumbline.app;

import dev.plumbline.review.Change;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.List;

/** Shows runs to people. */
record RunDesk(Reviews reviews, RunEngine engine, Reasons reasons) {

    /** What runs, and what waits for what. */
    Views.Queue queue(StackNames names) {
        List<Views.Run> running = new ArrayList<>();
        List<Views.Run> waiting = new ArrayList<>();
        List<Run> ahead = new ArrayList<>();
        for (Run run : engine.ledger().active()) {
            if (run.state().live()) {
                running.add(view(run, names));
            } else {
                waiting.add(view(run, names).because(reasons.queued(run, ahead)));
            }
            ahead.add(run);
        }
        return new Views.Queue(engine.lanes().plans(), engine.lanes().all(), running, waiting);
    }

    List<Views.Run> views(List<Run> runs, StackNames names) {
        return runs.stream().map(run -> view(run, names)).toList();
    }

    Views.Run view(Run run, StackNames names) {
        PlanFacts facts = run.facts();
        boolean ofChange = run.order().forWhom().kind().equals("change");
        Long change = ofChange ? Long.valueOf(run.order().forWhom().number()) : null;
        return new Views.Run(
                run.id().toString(),
                names.printed(run.stack()),
                run.stack().repository(),
                run.order().destroy()
                        ? "destroy " + run.order().phase().word()
                        : run.order().phase().word(),
                run.state().word(),
                run.reason(),
                run.order().commit().hex(),
                change,
                change == null ? null : reviews.change(change).map(Change::id).orElse(null),
                facts == null ? null : counts(facts),
                run.queuedAt(),
                run.startedAt(),
                run.endedAt());
    }

    static Views.Counts counts(PlanFacts facts) {
        return new Views.Counts(
                facts.counts().add(),
                facts.counts().change(),
                facts.counts().destroy(),
                facts.counts().replace());
    }
}
