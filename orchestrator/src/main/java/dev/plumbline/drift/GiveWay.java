package dev.plumbline.drift;

import dev.plumbline.run.Phase;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunState;
import dev.plumbline.store.Database;
import java.util.List;
import java.util.Optional;

/** Stops drift runs that stand in the way of a run that somebody waits for: in its lane, or in the last place. */
final class GiveWay {
    private final Database database;
    private final RunEngine engine;

    GiveWay(Database database, RunEngine engine) {
        this.database = database;
        this.engine = engine;
    }

    void look() {
        List<Run> active = engine.ledger().active();
        for (Run waiting : active) {
            if (waiting.order().phase() != Phase.DRIFT && waiting.state() == RunState.QUEUED) {
                inTheWay(waiting, active)
                        .ifPresent(drift -> database.change(transaction -> engine.stop(
                                transaction,
                                drift.id(),
                                RunState.SUPERSEDED,
                                "it made way for " + waiting.id() + " of " + waiting.stack())));
            }
        }
    }

    private Optional<Run> inTheWay(Run waiting, List<Run> active) {
        boolean full = active.stream()
                        .filter(run -> run.state().live() && run.order().phase() != Phase.APPLY)
                        .count()
                >= engine.lanes().plans();
        List<Run> drifting = active.stream()
                .filter(run -> run.state().live() && run.order().phase() == Phase.DRIFT && run.cancelled() == null)
                .toList();
        Optional<Run> sameStack = drifting.stream()
                .filter(run -> run.stack().equals(waiting.stack()))
                .findFirst();
        return sameStack.isPresent() || !full ? sameStack : drifting.stream().findFirst();
    }
}
