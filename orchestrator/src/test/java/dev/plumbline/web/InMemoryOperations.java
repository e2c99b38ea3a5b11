package dev.plumbline.web;

import dev.plumbline.access.LogIns;
import dev.plumbline.access.Principal;
import dev.plumbline.access.Role;
import dev.plumbline.access.Token;
import dev.plumbline.access.TokenCheck;
import dev.plumbline.access.TokenCreation;
import dev.plumbline.access.TokenRequest;
import dev.plumbline.access.TokenVerdict;
import dev.plumbline.git.CommitSha;
import dev.plumbline.web.page.Live;
import dev.plumbline.web.page.PageRoutes;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The contract's other end for tests of HTTP and commands: one server with two stacks, and room for what a test adds. */
public final class InMemoryOperations implements Operations {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f80912345678";

    /** What {@link #act} was asked, as {@code ACTION names all principal}. */
    public final List<String> asked = new ArrayList<>();
    /** What {@link #act} answers. */
    public Views.Acted answer = new Views.Acted(List.of(), List.of());
    /** What {@link #outcomes} answers, one after the other. */
    public final Deque<List<Views.Outcome>> later = new ArrayDeque<>();
    /** The log of run 7, piece by piece; an empty piece is one that had nothing new. */
    public final Deque<Views.LogChunk> log = new ArrayDeque<>();

    /** The statuses of what its server answered. */
    public final List<Integer> answers = new CopyOnWriteArrayList<>();

    public String reason = "Applied as reviewed in #12.";
    public boolean empty;

    /** Lets the holder of that one token do everything, as its owner. */
    public static TokenCheck opening(AccessToken token) {
        return offered -> token.matches(offered)
                ? new TokenVerdict.Held(new Principal("owner", Role.ADMIN))
                : new TokenVerdict.Unknown();
    }

    /** The ways in for the holder of that one token. */
    public static LogIns logIns(AccessToken token) {
        return LogIns.of(opening(token), Clock.systemUTC(), new SecureRandom());
    }

    /** A server of this. */
    public WebServer server(
            WebSettings settings, AccessToken token, BooleanSupplier ready, Map<String, HttpServlet> mounts) {
        LogIns logIns = logIns(token);
        PageRoutes pages = new PageRoutes(this, logIns, new Live(), false, Clock.systemUTC());
        return new WebServer(settings, logIns, this, pages, health(ready), mounts);
    }

    private Health health(BooleanSupplier ready) {
        return new Health() {
            @Override
            public Optional<String> trouble() {
                return ready.getAsBoolean() ? Optional.empty() : Optional.of("The disk is full.");
            }

            @Override
            public String metrics() {
                return "answers " + answers + "\n";
            }

            @Override
            public void answered(int status) {
                answers.add(status);
            }
        };
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:8080");
    }

    @Override
    public Views.Status status() {
        return new Views.Status(
                "0.1.0",
                "http://127.0.0.1:8080",
                NOW.minusSeconds(7200),
                stacks(),
                changes(false, 1000),
                empty ? List.of() : List.of(run("planning")),
                empty ? 0 : 1,
                empty ? List.of() : List.of("stacks/network waits for approval: plumbline approve stacks/network"),
                empty ? List.of() : List.of("stacks/app: terraform_data.note.input differs from main"),
                empty ? List.of() : List.of("Whoever can push can read what this user can read."),
                empty ? List.of() : List.of(remote()));
    }

    private static Views.Remote remote() {
        return new Views.Remote(
                "infra",
                "work",
                "git@git.example:infra",
                "trunk",
                "unreachable",
                "git@git.example:infra (work) can't be reached",
                NOW.minusSeconds(4000),
                NOW.minusSeconds(3600),
                NOW.plusSeconds(60));
    }

    @Override
    public List<Views.Stack> stacks() {
        if (empty) {
            return List.of();
        }
        return List.of(
                new Views.Stack(
                        "stacks/app",
                        "main",
                        "stacks/app",
                        "applied",
                        reason,
                        COMMIT,
                        NOW.minusSeconds(300),
                        1,
                        NOW.minusSeconds(60),
                        List.of("stacks/network")),
                new Views.Stack(
                        "stacks/network",
                        "main",
                        "stacks/network",
                        "awaiting-approval",
                        "Pushed to main without a reviewed plan, so someone must approve it first.",
                        null,
                        null,
                        null,
                        null,
                        List.of()));
    }

    @Override
    public List<Views.Change> changes(boolean all, int limit) {
        if (empty) {
            return List.of();
        }
        Views.Change open = change(12, "add-note", "planning");
        return Stream.of(open, change(11, "first", "merged"))
                .filter(change -> all || change == open)
                .limit(limit)
                .toList();
    }

    @Override
    public Views.Change change(String name) {
        if (!name.equals("#12")) {
            throw new NoSuchSubjectException("There is no change " + name + ".");
        }
        return change(12, "add-note", "planned");
    }

    @Override
    public Optional<Views.ChangeDetail> change(long number) {
        return number == 12
                ? Optional.of(new Views.ChangeDetail(
                        change(12, "add-note", "planned"),
                        "stacks/app: 1 to add\n  + terraform_data.note\n",
                        "| a |\n"))
                : Optional.empty();
    }

    @Override
    public List<Views.Run> runs(@Nullable String stack, int limit) {
        if (stack != null && !stack.equals("stacks/app")) {
            throw new NoSuchSubjectException("There is no stack '" + stack + "'.");
        }
        return empty ? List.of() : List.of(run("planning")).subList(0, Math.min(1, limit));
    }

    @Override
    public Views.CommitCheck commit(CommitSha commit, String repository, long pull) {
        if (pull == 99) {
            throw new RefusedException("#99 was not planned.", "Its comment says why.");
        }
        return pull == 12
                ? new Views.CommitCheck(
                        commit.hex(),
                        repository,
                        pull,
                        "#12",
                        Views.CommitCheck.REVIEWED,
                        "it brings what was reviewed",
                        List.of("stacks/app"))
                : new Views.CommitCheck(
                        commit.hex(), repository, pull, "#13", Views.CommitCheck.WAITING, "planning", List.of());
    }

    @Override
    public List<Views.HistoryEntry> history(@Nullable String stack, int limit, long before) {
        runs(stack, limit);
        return empty
                ? List.of()
                : List.of(new Views.HistoryEntry(
                        3, NOW.minusSeconds(40), "grace", "approve", "main:stacks/app", "r7 change ab12"));
    }

    @Override
    public List<Views.Apply> applies(@Nullable String stack, int limit, long before) {
        runs(stack, limit);
        return empty
                ? List.of()
                : List.of(new Views.Apply(
                        "r6",
                        "stacks/app",
                        NOW.minusSeconds(300),
                        "applied",
                        "1 added",
                        false,
                        COMMIT,
                        false,
                        false,
                        "ada on work",
                        List.of("grace on work", "linus on work"),
                        "0123456789ab",
                        new Views.Counts(1, 0, 0, 0),
                        11L,
                        "Add a note",
                        new Views.Pull("team/infra", 4, "https://git.example/infra/pulls/4"),
                        "plumbline revert team/infra#4"));
    }

    @Override
    public Optional<Views.Run> run(long number) {
        return number == 7 ? Optional.of(run("planning")) : Optional.empty();
    }

    @Override
    public synchronized Optional<Views.LogChunk> log(long run, long offset) {
        return run == 7 ? Optional.of(log.remove()) : Optional.empty();
    }

    @Override
    public Views.Why why(String stack) {
        if (stack.equals("explode")) {
            throw new IllegalStateException("the inside of the server");
        }
        if (!stack.equals("app")) {
            throw new NoSuchSubjectException("There is no stack '" + stack + "'. Near it: stacks/app.");
        }
        return new Views.Why("stacks/app", "queued", reason, List.of("r7 holds its lane", "1 run before it"), null);
    }

    @Override
    public synchronized Views.Acted act(Views.Action action, Views.Targets targets, Principal by) {
        asked.add(action + " " + targets.names() + " " + targets.all() + " " + by.name());
        return answer;
    }

    @Override
    public List<Views.Prospect> prospects(Views.Action action, Views.Targets targets, Principal by) {
        return targets.names().stream()
                .map(name -> new Views.Prospect(name, false, action + " of " + name, null, COMMIT, null))
                .toList();
    }

    @Override
    public Views.Queue queue() {
        return new Views.Queue(2, 4, runs(null, 1), List.of());
    }

    @Override
    public Optional<String> plan(long run) {
        return Optional.empty();
    }

    @Override
    public synchronized List<Views.Outcome> outcomes(List<String> handles) {
        return later.remove();
    }

    /** The tokens that {@link #createToken} made; revoked ones are gone. */
    public final List<Token> tokens = new ArrayList<>();

    @Override
    public synchronized List<Token> tokens() {
        return List.copyOf(tokens);
    }

    @Override
    public synchronized TokenCreation createToken(TokenRequest request, Principal by) {
        Optional<Role> role = Role.of(request.role());
        if (role.isEmpty()) {
            return new TokenCreation.Refused("'" + request.role() + "' is not a role.", "Take another.");
        }
        Token made = new Token(
                request.name(), role.get(), Token.State.LIVE, NOW, by.name(), NOW.plusSeconds(60), null, null);
        tokens.add(made);
        return new TokenCreation.Created(made, "secret-of-" + request.name());
    }

    @Override
    public synchronized Optional<Token> revokeToken(String name, Principal by) {
        Optional<Token> found =
                tokens.stream().filter(token -> token.name().equals(name)).findFirst();
        found.ifPresent(tokens::remove);
        return found;
    }

    public static Views.Outcome outcome(
            String subject, String state, boolean settled, boolean succeeded, boolean changes) {
        return new Views.Outcome("h:" + subject, subject, state, settled, succeeded, changes, "It is " + state + ".");
    }

    private static Views.Change change(long number, String branch, String state) {
        return new Views.Change(
                number,
                "main",
                branch,
                "Add a note",
                "Ada",
                COMMIT,
                state,
                "Planning 1 of 1 stacks.",
                List.of(new Views.ChangeStack(
                        "stacks/app",
                        "stacks/app/main.tf changed",
                        "planned",
                        "r7",
                        new Views.Counts(1, 0, 2, 0),
                        "ab12")),
                NOW.minusSeconds(30),
                new Views.Pull("team/infra", 4, "https://git.example/infra/pulls/4"));
    }

    private static Views.Run run(String state) {
        return new Views.Run(
                "r7",
                "stacks/app",
                "main",
                "plan",
                state,
                "Pushed as #12.",
                COMMIT,
                12L,
                "#12",
                null,
                NOW.minusSeconds(20),
                NOW.minusSeconds(10),
                null);
    }

    /** Nobody has a state here. */
    @Override
    public List<String> approvers(long run) {
        return List.of();
    }

    @Override
    public StateOperations states() {
        return new StateOperations() {
            @Override
            public List<String> addresses(String stack, Principal by) {
                throw none(stack);
            }

            @Override
            public Views.State show(String stack, Optional<String> address, Principal by) {
                throw none(stack);
            }

            @Override
            public List<Views.StateVersion> versions(String stack, int most, Principal by) {
                throw none(stack);
            }

            @Override
            public byte[] pull(String stack, boolean errored, Principal by) {
                throw none(stack);
            }

            @Override
            public Views.Acted push(String stack, Optional<byte[]> content, boolean force, Principal by) {
                throw none(stack);
            }

            @Override
            public Views.Acted change(Views.StateAction action, Views.StateAsk ask, Principal by) {
                throw none(String.valueOf(ask.stack()));
            }

            private NoSuchSubjectException none(String stack) {
                return new NoSuchSubjectException("There is no stack " + stack + ".");
            }
        };
    }
}
