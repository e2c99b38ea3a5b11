package dev.plumbline.localgitlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.localforge.BareRepository;
import dev.plumbline.localforge.Faults;
import dev.plumbline.localforge.LocalPerson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A self-managed GitLab of few projects, on a free port of loopback. It keeps state in memory and in real Git repositories, holds
 * callers to their roles, scopes and limits, and lets the models of another client read every answer. GitLab publishes no machine's
 * description of its API, so this is built from its documentation and its own source.
 */
public final class LocalGitLab implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI url;
    private final World world;
    private final Tokens tokens;
    private final Throttle throttle;
    private final Deliveries deliveries;
    private final MergeRoutes merges;
    private final HookRoutes hooks;
    private final Faults faults = new Faults();

    private LocalGitLab(Path folder, Clock clock) throws IOException {
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.url = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        this.world = new World(folder, clock);
        this.tokens = new Tokens(clock);
        this.throttle = new Throttle(clock);
        this.deliveries = new Deliveries(world, url.toString(), faults);
        Rendering rendering = new Rendering(world, url.toString());
        Events events = new Events(world, rendering, deliveries);
        Rights rights = new Rights(world);
        Gate gate = new Gate(tokens);
        this.merges = new MergeRoutes(world, rights, rendering, events);
        this.hooks = new HookRoutes(world, rights, rendering, events, deliveries);
        List<Route> routes = new ArrayList<>(merges.all());
        routes.addAll(new NoteRoutes(world, rights, rendering, events).all());
        routes.addAll(new CommitRoutes(world, rights, rendering).all());
        routes.addAll(new DeploymentRoutes(world, rights, rendering).all());
        routes.addAll(new AccountRoutes(world, rights, rendering).all());
        routes.addAll(hooks.all());
        http.createContext("/", new GitDoor(folder, world, gate, rights, events));
        http.createContext(ApiDoor.PREFIX, new ApiDoor(world, gate, throttle, routes, faults));
        http.setExecutor(threads);
        http.start();
    }

    /** Starts one. */
    public static LocalGitLab started(Path folder) {
        return started(folder, Clock.systemUTC());
    }

    /** @param clock tells it when tokens end */
    public static LocalGitLab started(Path folder, Clock clock) {
        try {
            return new LocalGitLab(folder, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of its addresses. */
    public URI url() {
        return url;
    }

    /** What was not as GitLab has it since this was asked last; a test that wants none of it asks at its end. */
    public List<String> faults() {
        return faults.taken();
    }

    /** Somebody with an account, a public address, and a token for everything. */
    public LocalPerson person(String name) {
        return person(name, name, name + "@example.com");
    }

    /**
     * Somebody with an account and a token for everything.
     *
     * @param shown the name on pages
     * @param publicEmail empty for somebody who keeps it
     */
    public LocalPerson person(String name, String shown, String publicEmail) {
        synchronized (world) {
            Account account = world.account(name, shown, publicEmail);
            return new LocalPerson(url, ApiDoor.PREFIX, name, tokens.issue(account, Set.of("api"), Instant.MAX));
        }
    }

    /**
     * A project's own token, with the user that GitLab makes for it.
     *
     * @param scopes {@code api}, {@code read_api}, {@code read_repository} and so on
     * @param ends {@link Instant#MAX} for never
     */
    public LocalPerson projectToken(String project, Level level, Set<String> scopes, Instant ends) {
        synchronized (world) {
            Project its = world.project(project);
            Account bot = world.account("project_" + its.id() + "_bot_" + world.nextId(), "Plumbline", "");
            its.members().put(bot.username(), level);
            return new LocalPerson(url, ApiDoor.PREFIX, bot.username(), tokens.issue(bot, scopes, ends));
        }
    }

    /** An empty project that everybody may read, whose default branch is main. */
    public void project(String path) {
        project(path, true);
    }

    /** An empty project that only its members see. */
    public void privateProject(String path) {
        project(path, false);
    }

    private void project(String path, boolean open) {
        synchronized (world) {
            world.group(path.substring(0, path.lastIndexOf('/')));
            world.project(path, Optional.empty(), open);
        }
    }

    /** Somebody's copy of a project, with all that is in it. */
    public void fork(String path, String by) {
        synchronized (world) {
            Project parent = world.project(path);
            Project made = world.project(by + "/" + parent.name(), Optional.of(parent), parent.open());
            parent.git()
                    .heads()
                    .keySet()
                    .forEach(branch -> made.git().fetch(parent.git(), branch, "refs/heads/" + branch));
        }
    }

    /** From now on somebody is that in a project. */
    public void level(String project, String person, Level level) {
        synchronized (world) {
            world.project(project).members().put(world.account(person).username(), level);
        }
    }

    /** Somebody is kept out by an administrator; what they were in projects stays. */
    public void blocks(String person) {
        synchronized (world) {
            world.block(world.account(person));
        }
    }

    /** What somebody is in a project. */
    public Level level(String project, String person) {
        synchronized (world) {
            return world.level(world.project(project), world.account(person));
        }
    }

    /** @param group with those above it, {@code team/ops} */
    public void joins(String group, String person, Level level) {
        synchronized (world) {
            world.group(group).put(world.account(person).username(), level);
        }
    }

    /** The number by which a project is named when a merge request goes from a fork to it. */
    public long idOf(String project) {
        synchronized (world) {
            return world.project(project).id();
        }
    }

    /**
     * Puts merge requests on a train, one after the other; each has a commit of what main would be after it.
     *
     * @param squash whether that lacks the merge request's own commits
     * @return the last one's commit
     */
    public String train(String path, boolean squash, long... mergeRequests) {
        synchronized (world) {
            Project project = world.project(path);
            BareRepository git = project.git();
            String commit = git.commit("refs/heads/" + Project.DEFAULT_BRANCH).orElseThrow();
            for (long iid : mergeRequests) {
                String head = project.mergeRequest(iid).head();
                String tree = git.merged(commit, head).orElseThrow();
                commit = squash
                        ? git.commit(tree, "Squash !" + iid, commit)
                        : git.commit(tree, "Merge !" + iid, commit, head);
                git.set("refs/merge-requests/" + iid + "/train", commit);
            }
            return commit;
        }
    }

    /** Nothing is merged there before the pipeline of its head has passed. */
    public void needsPipeline(String project) {
        synchronized (world) {
            world.project(project).needsPipeline(true);
        }
    }

    /** Merges make no commit of their own there. */
    public void fastForwards(String project) {
        synchronized (world) {
            world.project(project).fastForward(true);
        }
    }

    /** From now on it doesn't say when an approval was given, as older ones. */
    public void hidesApprovalTimes() {
        synchronized (world) {
            merges.tellsWhenApproved(false);
        }
    }

    /** From now on no hook may lead to the local network. */
    public void forbidsLocalHooks() {
        synchronized (world) {
            hooks.allowsLocal(false);
        }
    }

    /** No token counts any more that was given until now. */
    public void revokeTokens() {
        synchronized (world) {
            tokens.revokeAll();
        }
    }

    /** How many calls of the API there were. */
    public int calls() {
        synchronized (world) {
            return throttle.calls();
        }
    }

    /** From now on each account has so many calls a minute. */
    public void limit(int calls) {
        synchronized (world) {
            throttle.limit(calls);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        deliveries.close();
        assertThat(faults()).as("what was not as GitLab has it").isEmpty();
    }
}
