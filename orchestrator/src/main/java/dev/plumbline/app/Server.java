package dev.plumbline.app;

import dev.plumbline.access.LogIns;
import dev.plumbline.access.Tokens;
import dev.plumbline.app.metrics.Metrics;
import dev.plumbline.app.metrics.Readiness;
import dev.plumbline.app.metrics.ServerFacts;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.local.ServerTerraforms;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.Outbox;
import dev.plumbline.forge.Proposals;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.RemoteWatch;
import dev.plumbline.forge.Remotes;
import dev.plumbline.forge.Trains;
import dev.plumbline.forge.hook.HookDoor;
import dev.plumbline.forge.hook.HookServlet;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.kinds.PullForges;
import dev.plumbline.git.Mirrors;
import dev.plumbline.git.server.GitServlet;
import dev.plumbline.git.server.ServingRules;
import dev.plumbline.process.Isolation;
import dev.plumbline.process.Outliving;
import dev.plumbline.review.Recovery;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.command.PullCommands;
import dev.plumbline.run.Lanes;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.StateVault;
import dev.plumbline.secret.Encryption;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.StoreException;
import dev.plumbline.terraform.AmbientAws;
import dev.plumbline.terraform.CliConfiguration;
import dev.plumbline.terraform.install.Terraforms;
import dev.plumbline.web.AccessToken;
import dev.plumbline.web.ProgramVersion;
import dev.plumbline.web.Route;
import dev.plumbline.web.ServerFile;
import dev.plumbline.web.WebServer;
import dev.plumbline.web.WebSettings;
import dev.plumbline.web.page.Live;
import dev.plumbline.web.page.PageRoutes;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A running server: everything wired by hand, started in order and stopped in reverse. */
public final class Server implements AutoCloseable {
    /** Threads that advance subjects besides those that runs take up. */
    private static final int SPARE_THREADS = 4;

    private static final Duration TICK = Duration.ofSeconds(2);
    private static final Duration LOOK_FOR_REMOTES = Duration.ofSeconds(1);
    private static final Duration REMEMBER = Duration.ofSeconds(30);
    private static final Duration LOOK_BACK = Duration.ofSeconds(10);
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final StateVault states;
    private final URI url;
    private final URI publicUrl;
    private final AccessToken token;
    private final LogIns logIns;
    private final WebServer web;
    private final List<String> warnings;

    /**
     * Starts a server.
     *
     * @param environment of this process; Terraform gets an allow-list of it
     * @throws CliException where it can't start; says why, where, and what to do next
     */
    public static Server start(ServerConfig config, Map<String, String> environment, Clock clock)
            throws InterruptedException {
        return new Server(config, environment, clock);
    }

    private Server(ServerConfig config, Map<String, String> environment, Clock clock) throws InterruptedException {
        boolean started = false;
        try {
            warnings = warnings(config, environment);
            HomeFolder home = opened(HomeFolder.take(config.home()));
            token = usable(() -> AccessToken.loadOrCreate(home.path().resolve("token"), new SecureRandom()));
            ServerKey key = usable(() -> ServerKey.loadOrCreate(home.path().resolve("key")));
            Database database = opened(usable(() -> Database.open(home.path().resolve("plumbline.db"), clock)));
            Artifacts artifacts =
                    new Artifacts(home.path().resolve("artifacts"), new Encryption(key, new SecureRandom()));
            Feed feed = new Feed(database);
            Advances advances = new Advances(database, clock);
            Mirrors mirrors = opened(new Mirrors(home.path().resolve("git")));
            Remotes remotes = Remotes.of(config);
            Terraforms terraforms = new ServerTerraforms(config, environment).all();
            Capacity capacity = Capacity.of(config.limits());
            RunEngine engine = new RunEngine(
                    config,
                    database,
                    advances,
                    feed,
                    artifacts,
                    key,
                    mirrors,
                    terraforms,
                    new Lanes(capacity.plans(), capacity.all()),
                    clock);
            states = engine.states();
            if (states.underAnotherKey()) {
                throw CliException.error(
                        home.path().resolve("key")
                                + " is not the key that the states in this home were encrypted with.",
                        "Put that one back, from where you keep it. Nothing was changed.");
            }
            Outbox outbox = new Outbox(database, advances, remotes);
            PullBook pulls = new PullBook(database);
            Reviews reviews = new Reviews(
                    database, advances, feed, engine, remotes, outbox, pulls, config.publicUrl(), config.floors());
            DriftWatch drift = new DriftWatch(database, advances, feed, engine, key, clock);
            Budgets budgets = new Budgets();
            Map<String, PullForge> forges = PullForges.of(config, clock, budgets);
            Path remotesFolder = home.path().resolve("remotes");
            Reverts reverts =
                    reviews.reverts(remotes, new Proposals(config, forges, remotesFolder, environment, clock), clock);
            PullCommands commands = new PullCommands(
                    database, advances, reviews, engine, remotes, pulls, reverts, forges, config.floors(), clock);
            RemoteWatch watch = new RemoteWatch(
                    config,
                    remotes,
                    mirrors,
                    database,
                    advances,
                    reviews.arrivals(),
                    outbox,
                    reviews.notes(),
                    pulls,
                    reviews.pullText(),
                    reviews.pullNews(),
                    commands.intake(),
                    forges,
                    remotesFolder,
                    environment,
                    clock,
                    new Random());
            engine.sweep();
            Recovery recovery = reviews.recovery(mirrors);
            recovery.recover();
            commands.recover();
            opened(advances);
            opened(() -> engine.stop(drains(environment)));
            opened(advances::pause);
            opened(Ticker.every(TICK, drift::tick));
            opened(Ticker.every(REMEMBER, advances::remember));
            opened(Ticker.every(LOOK_BACK, recovery::remember));
            opened(Ticker.every(TIDY, engine::tidy));
            watch.begin();
            opened(Ticker.every(LOOK_FOR_REMOTES, watch::tick));
            Tokens tokens = new Tokens(database, clock, new SecureRandom(), token::matches);
            logIns = LogIns.of(tokens, clock, new SecureRandom());
            MergeDesk merges = new MergeDesk(
                    engine,
                    reviews.mergeCheck(),
                    remotes,
                    new Trains(config, forges, remotesFolder, environment, clock));
            HookDoor hooks = opened(
                    new HookDoor(config.forges(), remotes, new LookRequests(database, advances), database, clock));
            opened(Ticker.every(TIDY, hooks::forget));
            Console console = new Console(
                    clock, database, engine, reviews, drift, watch, hooks, reverts, merges, tokens, warnings);
            Live live = new Live();
            feed.listen(live::changed);
            advances.listen(live::changed);
            Readiness readiness = new Readiness(database, home.path(), clock);
            ServerHealth health = new ServerHealth(
                    ready::get,
                    readiness,
                    trouble -> new Metrics(
                            database,
                            clock,
                            new ServerFacts(
                                    ProgramVersion.current(),
                                    home.path(),
                                    capacity.plans(),
                                    remotes.all().stream()
                                            .map(Remote::repository)
                                            .toList(),
                                    hooks.counts(),
                                    budgets::left,
                                    trouble)));
            PageRoutes pages = new PageRoutes(console, logIns, live, config.badges(), clock);
            web = opened(web(config, console, pages, health, mirrors, reviews, hooks));
            opened(live);
            opened(reviews::stop);
            url = web.url();
            // Not before the port is had: a server that can't start must not have begun anything.
            int lookers = Math.min(RemoteWatch.AT_ONCE, remotes.all().size());
            advances.start(
                    advancers(engine, reviews, drift, watch, commands), capacity.all() + SPARE_THREADS + lookers);
            publicUrl = config.publicUrl().orElse(url);
            console.startedAt(publicUrl, clock.instant());
            ServerFile file = ServerFile.ofThisProcess(url, config.publicUrl().orElse(null), token, clock.instant());
            file.write(home.path());
            opened(() -> file.delete(home.path()));
            ready.set(true);
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** What stands in the home and can't be used ends the start with what its reader says: what, where and what to do. */
    private static <T> T usable(Supplier<T> kept) {
        try {
            return kept.get();
        } catch (StoreException | UncheckedIOException | IllegalArgumentException | IllegalStateException unusable) {
            String said = String.valueOf(unusable.getMessage());
            throw new CliException(ExitStatus.ERROR, said + (said.endsWith(".") ? "" : "."), "", unusable);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Promises that this machine can't keep, each a sentence. */
    private static List<String> warnings(ServerConfig config, Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        warnings.add(Isolation.SHARED_USER);
        Outliving outliving = Outliving.here(environment);
        if (outliving.kind() != Outliving.Kind.HOLDS) {
            warnings.add(outliving.sentence());
        }
        if (config.aws().useAmbient()) {
            String names = String.join(", ", AmbientAws.of(environment).keySet());
            warnings.add(
                    names.isEmpty()
                            ? "aws.use_ambient: there is nothing to hand over, no AWS_* variable and no ~/.aws: set the"
                                    + " variables for this server, or take the key out"
                            : "aws.use_ambient: every plan, drift check and apply of every stack gets this server's own AWS"
                                    + " credentials (" + names + "); whoever can push can use them");
        }
        CliConfiguration.missingPreset(environment)
                .ifPresent(file -> warnings.add("TF_CLI_CONFIG_FILE names " + file
                        + ", which is not there: Terraform runs without a configuration of its own"));
        return warnings;
    }

    /** Whether stopping must wait for applies, because nothing outlives this server; its supervisor sets the deadline. */
    private static boolean drains(Map<String, String> environment) {
        Outliving.Kind kind = Outliving.here(environment).kind();
        return kind == Outliving.Kind.CONTAINER || kind == Outliving.Kind.UNSUPPORTED;
    }

    private static Map<String, Advancer> advancers(
            RunEngine engine, Reviews reviews, DriftWatch drift, RemoteWatch watch, PullCommands commands) {
        Map<String, Advancer> all = new HashMap<>(reviews.advancers());
        all.putAll(drift.advancers());
        all.putAll(watch.advancers());
        all.putAll(commands.advancers());
        all.put("run", engine.advancer());
        return all;
    }

    private WebServer web(
            ServerConfig config,
            Console console,
            PageRoutes pages,
            ServerHealth health,
            Mirrors mirrors,
            Reviews reviews,
            HookDoor hooks) {
        ServingRules defaults = ServingRules.defaults();
        GitServlet git = new GitServlet(
                mirrors,
                new GitAccess(logIns.tokens()),
                reviews.door(),
                new ServingRules(config.push().maxSize().bytes(), defaults.largestRequest(), defaults.keepAlive()));
        InetSocketAddress listen =
                new InetSocketAddress(config.listen().host(), config.listen().port());
        WebServer server = new WebServer(
                new WebSettings(listen, config.publicUrl().orElse(null)),
                logIns,
                console,
                pages,
                health,
                Map.of("/git/*", git, "/webhooks/*", new HookServlet(hooks)));
        try {
            return server.start();
        } catch (IllegalStateException taken) {
            throw CliException.error(String.valueOf(taken.getMessage()), "");
        }
    }

    /** Where programs on this machine reach it. */
    public URI url() {
        return url;
    }

    /** What opens it. */
    public AccessToken token() {
        return token;
    }

    /** Promises that this server can't keep on this machine, each a sentence. */
    public List<String> warnings() {
        return warnings;
    }

    /** All that its web server answers itself. */
    List<Route> routes() {
        return web.routes();
    }

    /** Where people reach it. */
    public URI publicUrl() {
        return publicUrl;
    }

    /** The address to push to, with the owner's token in it. */
    public String remote(String repository) {
        return publicUrl.toString().replaceFirst("://", "://plumbline:" + token.value() + "@") + "/git/" + repository
                + ".git";
    }

    /** An address that logs a browser in as the owner; it works once, and not for long. */
    public String loginLink() {
        return publicUrl + logIns.links().issue(token.value()).path();
    }

    /** The state file that it keeps of a stack; empty where it keeps none. */
    public Optional<byte[]> managedState(StackId stack) {
        return states.current(stack).map(states::read);
    }

    /** Takes up nothing new, leaves applies to themselves, and closes everything in reverse. */
    @Override
    public void close() {
        ready.set(false);
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception broken) {
                org.slf4j.LoggerFactory.getLogger(Server.class).warn("stopping went on after: {}", broken.toString());
            }
        }
    }
}
