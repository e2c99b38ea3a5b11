package dev.plumbline.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.RealParts;
import dev.plumbline.localforge.Faults;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgithub.Grants.Level;
import dev.plumbline.openapi.Description;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A GitHub Enterprise Server of few repositories, on a free port of loopback. It keeps state in memory and in real Git repositories,
 * holds callers to their permissions and limits, and holds every request, answer and webhook against what GitHub publishes. No
 * example stands in for an answer.
 */
public final class LocalGitHub implements AutoCloseable {
    private static final List<String> PERMISSIONS = List.of(
            "contents", "pull_requests", "issues", "statuses", "checks", "deployments", "members", "repository_hooks");

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI url;
    private final World world;
    private final Credentials credentials;
    private final Budgets budgets;
    private final Deliveries deliveries;
    private final Queue queue;
    private final ApiDoor api;
    private final Faults faults = new Faults();
    private final Map<Long, AppKeys> keys = new HashMap<>();

    /** What GitHub publishes is large and never changes, and so is read once. */
    private static final Map<Path, Description> READ = new ConcurrentHashMap<>();

    private static Description published(String name, String version) {
        return READ.computeIfAbsent(RealParts.gitHubDescription(name, version), Description::read);
    }

    private LocalGitHub(Path folder, Clock clock) throws IOException {
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.url = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        this.world = new World(folder, clock);
        this.credentials = new Credentials(clock);
        this.budgets = new Budgets(clock);
        this.deliveries = new Deliveries(world, published("openapi-webhooks", "12.1.0"), faults);
        Rendering rendering = new Rendering(world, url.toString());
        Events events = new Events(world, rendering, deliveries);
        Rights rights = new Rights(world);
        this.queue = new Queue(world, events);
        Gate gate = new Gate(credentials, budgets);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new PullRoutes(world, rights, rendering, events).all());
        routes.addAll(new CommentRoutes(world, rights, rendering, events).all());
        routes.addAll(new CommitRoutes(world, rights, rendering, queue).all());
        routes.addAll(new AccountRoutes(world, rights, rendering, credentials).all());
        routes.addAll(new HookRoutes(world, rights, rendering, events).all());
        routes.addAll(new AppHookRoutes(world, rendering, deliveries).all());
        http.createContext("/", new GitDoor(folder, world, gate, rights, events));
        this.api = new ApiDoor(world, gate, routes, published("openapi", "23.0.2"), faults);
        http.createContext(ApiDoor.PREFIX, api);
        http.setExecutor(threads);
        http.start();
    }

    /** Starts one; the test is skipped, aloud, where GitHub's descriptions are missing. */
    public static LocalGitHub started(Path folder) {
        return started(folder, Clock.systemUTC());
    }

    /** @param clock tells it when tokens end */
    public static LocalGitHub started(Path folder, Clock clock) {
        try {
            return new LocalGitHub(folder, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of its addresses. */
    public URI url() {
        return url;
    }

    /** What was not as GitHub describes it since this was asked last; a test that wants none of it asks at its end. */
    public List<String> faults() {
        return faults.taken();
    }

    /** Somebody with an account and a token for everything. */
    public LocalPerson person(String name) {
        synchronized (world) {
            Account account = world.account(name, Account.Kind.USER);
            return new LocalPerson(url, ApiDoor.PREFIX, name, credentials.personal(account, grants(Map.of())));
        }
    }

    /**
     * A further token of somebody's.
     *
     * @param less what it may do less than everything: {@code read} or {@code none} by the permission's name
     */
    public String token(String person, Map<String, String> less) {
        synchronized (world) {
            return credentials.personal(world.account(person).orElseThrow(), grants(less));
        }
    }

    private static Grants grants(Map<String, String> less) {
        Map<String, Level> all = new HashMap<>();
        PERMISSIONS.forEach(name -> all.put(name, Level.WRITE));
        less.forEach((name, level) -> {
            if (level.equals("read")) {
                all.put(name, Level.READ);
            } else {
                all.remove(name);
            }
        });
        return new Grants(all);
    }

    /**
     * An App that is installed on somebody's repositories.
     *
     * @param id the App's
     * @param installation on them
     * @param privateKey in PEM
     */
    public record LocalApp(long id, long installation, String privateKey) {}

    /**
     * Makes an App and installs it.
     *
     * @param less as of {@link #token}
     */
    public LocalApp app(String slug, String owner, Map<String, String> less) {
        AppKeys keys = AppKeys.made();
        synchronized (world) {
            Account bot = world.account(slug + "[bot]", Account.Kind.BOT);
            long installation = world.nextId();
            App app = new App(world.nextId(), slug, keys.shown(), bot, grants(less), Map.of(owner, installation));
            credentials.add(app);
            world.app(app);
            this.keys.put(app.id(), keys);
            return new LocalApp(app.id(), installation, keys.pem());
        }
    }

    /** What an App shows that signs other words than its own client would. */
    public String signed(LocalApp app, Map<String, ?> header, Map<String, ?> claims) {
        synchronized (world) {
            return Optional.ofNullable(keys.get(app.id())).orElseThrow().signed(header, claims);
        }
    }

    /** From now on an App hears at an address what happens where it is installed. */
    public void tells(String slug, String url, String secret) {
        synchronized (world) {
            world.appHook(slug, new Hook(world.nextId(), url, secret, Rendering.APP_EVENTS, true));
        }
    }

    /** A private key of which no App knows the other half. */
    public static String strangersKey() {
        return AppKeys.made().pem();
    }

    /** An empty repository that everybody may read, whose default branch is main. */
    public void repository(String owner, String name) {
        repository(owner, name, true);
    }

    /** An empty repository that only those see who are something there. */
    public void privateRepository(String owner, String name) {
        repository(owner, name, false);
    }

    private void repository(String owner, String name, boolean open) {
        synchronized (world) {
            world.repository(world.account(owner, Account.Kind.ORGANIZATION), name, Optional.empty(), open);
        }
    }

    /** Somebody's copy of a repository, with all that is in it. */
    public void fork(String repository, String by) {
        synchronized (world) {
            Repository parent = world.repository(repository);
            Repository made = world.repository(
                    world.account(by).orElseThrow(), parent.name(), Optional.of(parent), parent.open());
            parent.git()
                    .heads()
                    .keySet()
                    .forEach(branch -> made.git().fetch(parent.git(), branch, "refs/heads/" + branch));
        }
    }

    /** From now on somebody is that on a repository. */
    public void role(String repository, String person, Role role) {
        synchronized (world) {
            world.repository(repository).role(world.account(person).orElseThrow(), role);
        }
    }

    /** @param team as {@code org/team} */
    public void joins(String team, String person) {
        synchronized (world) {
            world.team(team).add(person);
        }
    }

    /** Where the branches of a repository are. */
    public Map<String, String> heads(String repository) {
        synchronized (world) {
            return world.repository(repository).git().heads();
        }
    }

    /** Says only now what somebody merged: main had it before. */
    public void saysMerged(String repository, long pull, String commit, String person) {
        synchronized (world) {
            world.repository(repository)
                    .pull(pull)
                    .merged(new Pull.Merge(commit, world.account(person).orElseThrow(), world.now()));
        }
    }

    /** Puts a pull request into the merge queue, as its button does. */
    public void enqueue(String repository, long pull) {
        synchronized (world) {
            Repository there = world.repository(repository);
            queue.add(there, there.pull(pull));
        }
    }

    /** Nothing is merged there that lacks what the base has. */
    public void requireUpToDate(String repository) {
        synchronized (world) {
            world.repository(repository).strict(true);
        }
    }

    /** Nothing is merged there without that status. */
    public void requireStatus(String repository, String context) {
        synchronized (world) {
            world.repository(repository).requiredStatuses().add(context);
        }
    }

    /** No token of an installation counts any more that was given until now. */
    public void revokeTokens() {
        synchronized (world) {
            credentials.revokeInstallations();
        }
    }

    /** From now on each caller has so many calls an hour. */
    public void limit(int calls) {
        synchronized (world) {
            budgets.limit(calls);
        }
    }

    /** How many calls of its API it answered, refused ones among them. */
    public int calls() {
        return api.calls();
    }

    /** For a while somebody, or an App as {@code slug[bot]}, is told to come later. */
    public void slowFor(String login, Duration pause) {
        synchronized (world) {
            budgets.slowFor(login, pause);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        deliveries.close();
        assertThat(faults()).as("what was not as GitHub describes it").isEmpty();
    }
}
