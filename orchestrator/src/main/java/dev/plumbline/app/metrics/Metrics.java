package dev.plumbline.app.metrics;

import dev.plumbline.run.Phase;
import dev.plumbline.run.RunState;
import dev.plumbline.store.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of {@code /metrics}. No label names a stack, a branch or a person: there can be ten thousand of them, and pages and
 * commands tell of each. Of repositories only those have one that server.yaml names, each of which can fail on its own. Everything
 * is read when it is asked for, so that a server that nobody watches pays nothing.
 */
public final class Metrics {
    private static final List<Duration> RUN_STEPS =
            List.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200).stream()
                    .map(Duration::ofSeconds)
                    .toList();

    private final Database database;
    private final Clock clock;
    private final ServerFacts facts;
    private final EndedRuns endedRuns;
    private final LongAdder[] answers = new LongAdder[6];
    private final Map<List<String>, Counter> ended = new HashMap<>();
    private final Map<String, Timer> lasted = new HashMap<>();
    private final Map<String, Timer> waited = new HashMap<>();
    private final long pushesBefore;
    private @Nullable PrometheusMeterRegistry registry;
    private LedgerReading reading;
    private Map<String, RemoteReading> remotes;
    private @Nullable MultiGauge budgets;

    /** Counts from now on what ends and what is pushed. */
    public Metrics(Database database, Clock clock, ServerFacts facts) {
        this.database = database;
        this.clock = clock;
        this.facts = facts;
        Arrays.setAll(answers, unused -> new LongAdder());
        endedRuns = new EndedRuns(database);
        pushesBefore = pushes();
        reading = database.read(LedgerReading::of);
        remotes = Map.of();
    }

    /** Notes that a request was answered. */
    public void answered(int status) {
        answers[Math.min(5, Math.max(0, status / 100))].increment();
    }

    /** All of them in Prometheus' text format. */
    public synchronized String text() {
        if (registry == null) {
            registry = registered(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        }
        reading = database.read(LedgerReading::of);
        remotes = facts.remotes().isEmpty() ? Map.of() : database.read(RemoteReading::all);
        endedRuns.take(this::count);
        Objects.requireNonNull(budgets).register(budgetRows(), true);
        return registry.scrape();
    }

    /** An App has one for each account that installed it, and which those are shows only in time. */
    private List<MultiGauge.Row<?>> budgetRows() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        facts.budgets()
                .get()
                .forEach((whose, left) ->
                        rows.add(MultiGauge.Row.of(Tags.of("forge", whose.forge(), "account", whose.account()), left)));
        return rows;
    }

    private void count(EndedRuns.Ended run) {
        Counter counter = ended.get(List.of(run.phase(), run.outcome()));
        if (counter != null) {
            counter.increment();
        }
        run.waited().ifPresent(time -> record(waited, run.phase(), time));
        // How long a cancelled or overtaken run took says nothing of how long plans take.
        if (!run.outcome().equals(RunState.CANCELLED.word()) && !run.outcome().equals(RunState.SUPERSEDED.word())) {
            run.lasted().ifPresent(time -> record(lasted, run.phase(), time));
        }
    }

    private static void record(Map<String, Timer> timers, String phase, Duration time) {
        Timer timer = timers.get(phase);
        if (timer != null) {
            timer.record(time);
        }
    }

    private PrometheusMeterRegistry registered(PrometheusMeterRegistry all) {
        runs(all);
        ledger(all);
        facts.remotes().forEach(repository -> remote(all, repository));
        budgets = MultiGauge.builder("plumbline.forge.budget.remaining")
                .description("Calls that a forge still takes from us till it counts anew")
                .register(all);
        server(all);
        new JvmMemoryMetrics().bindTo(all);
        new JvmThreadMetrics().bindTo(all);
        new ProcessorMetrics().bindTo(all);
        new UptimeMetrics().bindTo(all);
        new FileDescriptorMetrics().bindTo(all);
        return all;
    }

    private void runs(PrometheusMeterRegistry all) {
        for (Phase each : Phase.values()) {
            String phase = each.word();
            for (RunState state : RunState.values()) {
                if (state.ended()) {
                    ended.put(
                            List.of(phase, state.word()),
                            Counter.builder("plumbline.runs")
                                    .description("Runs that ended since the server started")
                                    .tag("phase", phase)
                                    .tag("outcome", state.word())
                                    .register(all));
                }
            }
            lasted.put(
                    phase, timer(all, "plumbline.run", "How long runs took, from being let in till they ended", phase));
            waited.put(phase, timer(all, "plumbline.run.wait", "How long runs waited to be let in", phase));
            gauge(all, "plumbline.runs.live", "Runs that hold their lane now", phase, now -> of(now.live(), phase));
            gauge(
                    all,
                    "plumbline.runs.waiting.lane",
                    "Runs that wait, because another run holds their stack's lane",
                    phase,
                    now -> of(now.laneTaken(), phase));
            gauge(
                    all,
                    "plumbline.runs.waiting.place",
                    "Runs that wait, because as many run as this machine takes",
                    phase,
                    now -> of(now.queued(), phase) - of(now.laneTaken(), phase));
        }
    }

    private static Timer timer(PrometheusMeterRegistry all, String name, String description, String phase) {
        return Timer.builder(name)
                .description(description)
                .tag("phase", phase)
                .serviceLevelObjectives(RUN_STEPS.toArray(Duration[]::new))
                .register(all);
    }

    private static double of(Map<String, Long> byPhase, String phase) {
        return byPhase.getOrDefault(phase, 0L);
    }

    private void ledger(PrometheusMeterRegistry all) {
        age(all, "plumbline.queue.oldest", "Age of the run that waits longest", LedgerReading::oldestQueued);
        gauge(all, "plumbline.approvals.waiting", "Plans that wait for a person's approval", LedgerReading::approvals);
        age(
                all,
                "plumbline.approvals.oldest",
                "Age of the merge that waits longest for an approval",
                LedgerReading::oldestApproval);
        gauge(
                all,
                "plumbline.intents.blocked",
                "Merges of a stack that can't go on without a person",
                LedgerReading::blocked);
        gauge(all, "plumbline.changes.open", "Changes that are not merged or closed", LedgerReading::openChanges);
        gauge(all, "plumbline.stacks", "Stacks that were applied at least once", LedgerReading::stacks);
        gauge(all, "plumbline.stacks.quarantined", "Stacks whose state needs a person", LedgerReading::quarantined);
        gauge(all, "plumbline.stacks.diverged", "Stacks with open divergences", LedgerReading::diverged);
        gauge(all, "plumbline.divergences.open", "Attributes that differ from main", LedgerReading::divergences);
        age(
                all,
                "plumbline.drift.check.oldest",
                "Age of the oldest drift check among the stacks that have a schedule",
                LedgerReading::oldestDriftCheck);
        FunctionCounter.builder("plumbline.pushes", this, unused -> pushes() - pushesBefore)
                .description("Movements of branches since the server started")
                .register(all);
    }

    private void remote(PrometheusMeterRegistry all, String repository) {
        Gauge.builder(
                        "plumbline.remote.seen.age",
                        () -> RemoteReading.of(remotes, repository).age(clock.instant()))
                .description("Since when a repository that lives elsewhere was not seen")
                .baseUnit("seconds")
                .tag("repository", repository)
                .register(all);
        Gauge.builder(
                        "plumbline.remote.troubled",
                        () -> RemoteReading.of(remotes, repository).troubled() ? 1 : 0)
                .description("1 where a repository that lives elsewhere can't be seen, or a person must look at it")
                .tag("repository", repository)
                .register(all);
    }

    private void server(PrometheusMeterRegistry all) {
        for (int kind = 1; kind < answers.length; kind++) {
            LongAdder count = answers[kind];
            FunctionCounter.builder("plumbline.http.answers", count, LongAdder::sum)
                    .description("Answered requests by the class of their status")
                    .tag("status", kind + "xx")
                    .register(all);
        }
        facts.webhooks()
                .forEach((which, count) -> FunctionCounter.builder("plumbline.webhooks", count, LongSupplier::getAsLong)
                        .description("Deliveries of forges by what became of them")
                        .tag("forge", which.forge())
                        .tag("repository", which.repository())
                        .tag("answer", which.answer().word())
                        .register(all));
        Gauge.builder("plumbline.build.info", () -> 1)
                .description("Always 1; its labels say what runs")
                .tags(List.of(
                        Tag.of("version", facts.version()),
                        Tag.of("java", Runtime.version().toString())))
                .register(all);
        Gauge.builder("plumbline.ready", () -> facts.trouble().get().isEmpty() ? 1 : 0)
                .description("1 where the server can do its work, as /readyz says")
                .register(all);
        Gauge.builder("plumbline.home.free", () -> facts.home().toFile().getUsableSpace())
                .description("Free space of the disk that holds home")
                .baseUnit("bytes")
                .register(all);
        Gauge.builder("plumbline.places", facts::places)
                .description("How many plans and drift checks this server lets run at the same time")
                .register(all);
    }

    private void gauge(
            PrometheusMeterRegistry all, String name, String description, ToDoubleFunction<LedgerReading> value) {
        Gauge.builder(name, () -> value.applyAsDouble(reading))
                .description(description)
                .register(all);
    }

    private void gauge(
            PrometheusMeterRegistry all,
            String name,
            String description,
            String phase,
            ToDoubleFunction<LedgerReading> value) {
        Gauge.builder(name, () -> value.applyAsDouble(reading))
                .description(description)
                .tag("phase", phase)
                .register(all);
    }

    private void age(
            PrometheusMeterRegistry all, String name, String description, ToLongFunction<LedgerReading> since) {
        Gauge.builder(name, () -> LedgerReading.age(since.applyAsLong(reading), clock.instant()))
                .description(description)
                .baseUnit("seconds")
                .register(all);
    }

    private long pushes() {
        return database.read(handle -> handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM push")
                .mapTo(Long.class)
                .one());
    }
}
