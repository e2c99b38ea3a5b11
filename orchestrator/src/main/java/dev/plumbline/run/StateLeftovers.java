package dev.plumbline.run;

import dev.plumbline.store.Artifacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** States on their way in or out, which are of no use once their run has ended or nobody waits for them. */
final class StateLeftovers {
    /** Longer than anybody waits for a state that is read out of a backend. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final String INCOMING = "incoming";
    private static final String PULLED = "pulled";
    private static final String WRITING = "writing";

    private final RunLedger ledger;
    private final StateOrders orders;
    private final Artifacts artifacts;
    private final Clock clock;

    StateLeftovers(RunLedger ledger, StateOrders orders, Artifacts artifacts, Clock clock) {
        this.ledger = ledger;
        this.orders = orders;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** Where a state that somebody brings in waits for its turn. */
    static String incoming(String id) {
        return INCOMING + "/" + id;
    }

    static boolean isIncoming(String artifact) {
        return artifact.startsWith(INCOMING + "/");
    }

    /** Where a state that was read from a backend waits for whoever asked. */
    static String pulled(RunId run) {
        return PULLED + "/" + run;
    }

    /** Where a {@link StateWrite} is kept until its run has ended. */
    static String writing(RunId run) {
        return WRITING + "/" + run;
    }

    /** At a start: who had asked for a state is gone, and so is who had brought one without an order. */
    void tidyAtStart() {
        artifacts.names(PULLED).forEach(artifacts::delete);
        tidyIncoming(true);
    }

    /** While others ask and bring. */
    void tidy() {
        Instant longAgo = clock.instant().minus(LONGEST_WAIT);
        artifacts.names(PULLED).stream()
                .filter(name -> ledger.find(run(name, PULLED))
                        .map(Run::endedAt)
                        .filter(ended -> ended.isBefore(longAgo))
                        .isPresent())
                .forEach(artifacts::delete);
        artifacts.names(WRITING).stream()
                .filter(name -> ledger.find(run(name, WRITING))
                        .filter(run -> run.state().ended())
                        .isPresent())
                .forEach(artifacts::delete);
        tidyIncoming(false);
    }

    private static RunId run(String name, String folder) {
        return new RunId(Long.parseLong(name.substring((folder + "/r").length())));
    }

    private void tidyIncoming(boolean unordered) {
        Set<String> wanted = ledger.active().stream()
                .filter(run -> run.order().phase() == Phase.STATE)
                .flatMap(run -> orders.find(run.order().forWhom()).stream())
                .flatMap(order -> Optional.ofNullable(order.artifact()).stream())
                .collect(Collectors.toSet());
        artifacts.names(INCOMING).stream()
                .filter(name -> !wanted.contains(name))
                .filter(name -> unordered || orders.named(name))
                .forEach(artifacts::delete);
    }
}
