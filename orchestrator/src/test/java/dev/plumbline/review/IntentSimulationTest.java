package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.Outbox;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.git.Mirrors;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Lanes;
import dev.plumbline.run.Phase;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.secret.Encryption;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Subject;
import dev.plumbline.terraform.ChildEnvironment;
import dev.plumbline.terraform.CliConfiguration;
import dev.plumbline.terraform.ModuleAccess;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.TerraformVersion;
import dev.plumbline.terraform.install.ReleaseSite;
import dev.plumbline.terraform.install.TerraformFinder;
import dev.plumbline.terraform.install.Terraforms;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story of merges under a seeded simulation: the real deciders, promises, ledger, lanes and states on a real database; marks
 * come in any order, twice, or get lost; people approve, cancel and retry at random; the server dies between any two transactions.
 * {@code -Dplumbline.simulation.seeds} runs more of it.
 */
class IntentSimulationTest {
    private static final int SEEDS = Integer.getInteger("plumbline.simulation.seeds", 10);
    private static final int STEPS = 200;
    private static final String MAIN = "main";

    @TempDir
    private Path folder;

    @Test
    void the_promises_hold_whatever_happens_in_whatever_order() {
        GitClient git = GitClient.init(folder.resolve("repository"));
        git.write("net/main.tf", "resource \"terraform_data\" \"x\" {}\n")
                .write("app/main.tf", "resource \"terraform_data\" \"x\" {}\n")
                .write("app/stack.yaml", "depends_on: [net]\n")
                .write("dns/main.tf", "resource \"terraform_data\" \"x\" {}\n")
                .commit("First");
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (World world = new World(folder.resolve("seed" + seed), git, seed)) {
                world.live(STEPS);
                world.settle();
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    /** One server's life, and what people do to it. */
    private static final class World implements AutoCloseable {
        private final Random random;
        private final FailingClock clock = new FailingClock();
        private final Database database;
        private final Advances advances;
        private final Mirrors mirrors;
        private final RunEngine engine;
        private final Reviews reviews;
        private final Intents intents;
        private final FakeRuns runs;
        private final StackCatalog catalog;
        private final List<Run> previews = new ArrayList<>();
        private final Map<StackId, Long> tokens = new HashMap<>();
        private long commits;

        World(Path home, GitClient git, long seed) {
            random = new Random(seed);
            SecureRandom secure = new SecureRandom();
            ServerKey key = ServerKey.random(secure);
            home.toFile().mkdirs();
            database = Database.open(home.resolve("plumbline.db"), clock);
            advances = new Advances(database, clock);
            mirrors = new Mirrors(home.resolve("git"));
            Feed feed = new Feed(database);
            Artifacts artifacts = new Artifacts(home.resolve("artifacts"), new Encryption(key, secure));
            TerraformBinary never = new TerraformBinary(
                    Path.of("/nonexistent/terraform"),
                    new TerraformVersion(1, 11, 4, ""),
                    TerraformBinary.Product.TERRAFORM);
            CommandRunner runner = new CommandRunner(new SearchPath(List.of()));
            Terraforms terraforms = new Terraforms(
                    new TerraformFinder(
                            home,
                            new SearchPath(List.of()),
                            new java.util.TreeMap<>(),
                            ReleaseSite.terraform(),
                            ReleaseSite.tofu(),
                            java.net.http.HttpClient.newHttpClient(),
                            runner),
                    never,
                    binary -> new TerraformCli(
                            binary,
                            new ChildEnvironment(Map.of()),
                            new CliConfiguration(Map.of(), binary.product()),
                            ModuleAccess.none(),
                            runner,
                            Duration.ofSeconds(1)));
            engine = new RunEngine(
                    ServerConfig.defaults(home),
                    database,
                    advances,
                    feed,
                    artifacts,
                    key,
                    mirrors,
                    terraforms,
                    new Lanes(2, 3),
                    clock);
            reviews = new Reviews(
                    database,
                    advances,
                    feed,
                    engine,
                    Remotes.none(),
                    new Outbox(database, advances, Remotes.none()),
                    new PullBook(database),
                    Optional.empty(),
                    List.of());
            intents = new Intents(database);
            runs = new FakeRuns(database, engine, artifacts, intents, random);
            git.sendTo(mirrors.openOrCreate(MAIN));
            catalog = engine.catalogs()
                    .of(MAIN, engine.catalogs().mirror(MAIN).tree(git.head()).id());
        }

        void live(int steps) {
            for (int step = 0; step < steps; step++) {
                if (random.nextInt(8) == 0) {
                    clock.failAfter(1 + random.nextInt(6));
                }
                try {
                    act();
                } catch (FailingClock.Crash crash) {
                    restart();
                }
                if (random.nextInt(40) == 0) {
                    restart();
                }
                check();
            }
        }

        /** No more faults; people approve and retry until nothing is left to do. */
        void settle() {
            runs.calm();
            restart();
            for (int step = 0; step < 2000 && !settled(); step++) {
                newest().forEach(intent -> {
                    approve(intent);
                    if (intent.state() == IntentState.FAILED || intent.state() == IntentState.CANCELLED) {
                        reviews.acts().retry(intent, "ann");
                    }
                });
                marked().forEach(this::advance);
                runs.live().forEach(runs::step);
                check();
            }
            assertThat(intents.unended()).as("every intent ends").isEmpty();
            assertThat(newest()).allSatisfy(intent -> {
                assertThat(intent.state().fulfilled()).as("%s", intent).isTrue();
                assertThat(runs.cloudOf(intent.stack()))
                        .isEqualTo(intent.promise().commit().hex());
            });
        }

        private boolean settled() {
            return marked().isEmpty()
                    && runs.live().isEmpty()
                    && newest().stream().allMatch(intent -> intent.state().fulfilled());
        }

        private void act() {
            switch (random.nextInt(20)) {
                case 0 -> preview();
                case 1 -> merge();
                case 2, 3 -> any(newest()).forEach(this::approve);
                case 4 -> any(newest()).forEach(intent -> reviews.acts().retry(intent, "ann"));
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        any(newest()).forEach(intent -> reviews.acts().cancel(intent, "ann"));
                    }
                }
                case 6 -> any(marked()).forEach(this::forget);
                case 7 -> any(newest()).forEach(intent -> advance(intent.id()));
                case 8, 9, 10, 11, 12 -> any(marked()).forEach(this::advance);
                default -> any(runs.live()).forEach(runs::step);
            }
        }

        private <T> List<T> any(List<T> all) {
            return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
        }

        private CommitSha newCommit() {
            return new CommitSha("%040x".formatted(++commits));
        }

        private StackId anyStack() {
            return any(catalog.graph().order()).get(0);
        }

        private void preview() {
            Run.Order order = new Run.Order(
                    anyStack(),
                    Phase.PLAN,
                    false,
                    null,
                    newCommit(),
                    catalog.treeId(),
                    new Subject("change", commits),
                    null,
                    GivenOutputs.NONE);
            RunId run = database.write(transaction -> engine.ledger().enqueue(transaction, order));
            previews.add(engine.ledger().find(run).orElseThrow());
        }

        /** Of a commit that somebody saw a plan of, or of one that nobody did. */
        private void merge() {
            List<Run> seen = previews.stream()
                    .flatMap(run -> engine.ledger().find(run.id()).stream())
                    .filter(run -> run.state() == RunState.PLANNED)
                    .toList();
            if (random.nextBoolean() && !seen.isEmpty()) {
                Run run = any(seen).get(0);
                promise(run.stack(), run.order().commit(), run);
                previews.removeIf(preview -> preview.id().equals(run.id()));
            } else {
                promise(anyStack(), newCommit(), null);
            }
        }

        private void promise(StackId stack, CommitSha commit, @Nullable Run reviewed) {
            Intent.Promise promise = new Intent.Promise(
                    stack,
                    commits,
                    commit,
                    catalog.treeId(),
                    Intent.Kind.APPLY,
                    null,
                    "pushed",
                    catalog.find(stack).orElseThrow().closure().hash(),
                    false,
                    random.nextInt(5) == 0 ? Intent.Rule.APPLY : Intent.Rule.APPROVE,
                    0);
            database.change(
                    transaction -> intents.promise(transaction, promise, null, reviewed == null ? null : reviewed.id())
                            .ifPresent(id -> advances.mark(transaction, Intent.subject(id))));
        }

        private void approve(Intent intent) {
            if (reviews.acts().approve(intent, "ann").isEmpty()) {
                reviews.promisedPlans()
                        .planOf(intent)
                        .map(Run::facts)
                        .ifPresent(facts -> runs.approved(intent.id(), facts.digest()));
            }
        }

        private List<Intent> newest() {
            return database.read(handle -> intents.latest(handle, MAIN));
        }

        private List<Long> marked() {
            return database.read(handle -> handle.createQuery(
                            "SELECT subject FROM dirty WHERE marked > seen AND subject LIKE 'intent/%'")
                    .mapTo(String.class)
                    .map(subject -> Subject.parse(subject).number())
                    .list());
        }

        private void advance(long intent) {
            long marks = database.read(handle -> handle.createQuery("SELECT marked FROM dirty WHERE subject = :subject")
                    .bind("subject", Intent.subject(intent).toString())
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(0L));
            try {
                Objects.requireNonNull(reviews.advancers().get("intent")).advance(intent);
            } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
            seen(intent, marks);
        }

        private void forget(long intent) {
            seen(intent, Long.MAX_VALUE);
        }

        private void seen(long intent, long marks) {
            database.change(transaction -> transaction
                    .handle()
                    .execute(
                            "UPDATE dirty SET seen = MIN(marked, ?) WHERE subject = ?",
                            marks,
                            Intent.subject(intent).toString()));
        }

        private void restart() {
            clock.work();
            reviews.recovery(mirrors).recover();
            runs.recover();
        }

        /** Promise 2: one live run in each lane, which holds it, under a token that only grows. */
        private void check() {
            clock.work();
            Map<StackId, RunId> live = new HashMap<>();
            for (Run run : runs.live()) {
                assertThat(live.put(run.stack(), run.id()))
                        .as("another run of %s lives beside %s", run.stack(), run.id())
                        .isNull();
                long token = Objects.requireNonNull(run.token()).value();
                assertThat(token).isGreaterThanOrEqualTo(tokens.getOrDefault(run.stack(), 0L));
                tokens.put(run.stack(), token);
            }
            List<String> holders = database.read(
                    handle -> handle.createQuery("SELECT holder FROM lane WHERE holder IS NOT NULL ORDER BY holder")
                            .mapTo(String.class)
                            .list());
            assertThat(holders)
                    .containsExactlyElementsOf(live.values().stream()
                            .map(RunId::number)
                            .sorted()
                            .map(String::valueOf)
                            .toList());
            List<Long> doubled = database.read(handle -> handle.createQuery(
                            "SELECT COUNT(*) FROM intent GROUP BY repository, folder, commit_sha HAVING COUNT(*) > 1")
                    .mapTo(Long.class)
                    .list());
            assertThat(doubled).as("one intent for each stack and commit").isEmpty();
        }

        @Override
        public void close() {
            mirrors.close();
            database.close();
        }
    }
}
