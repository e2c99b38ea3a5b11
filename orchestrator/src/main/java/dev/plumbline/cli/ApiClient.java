package dev.plumbline.cli;

import dev.plumbline.cli.screen.Progress;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.web.ApiJson;
import dev.plumbline.web.Views;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The API from a command's side. Whatever goes wrong is a {@link CliException} that says what to do. */
public final class ApiClient {
    private static final String BASE = "/api/v1";

    private final CliContext context;
    private final ServerAddress server;
    // The server has cleaned it already; what reaches a terminal is cleaned where it arrives all the same.
    private final ApiJson json = new ApiJson(TerminalText::safe);

    public ApiClient(CliContext context) {
        this.context = context;
        this.server = ServerAddress.find(context);
    }

    Views.Status status() {
        return read(get("/status"), Views.Status.class);
    }

    List<Views.Change> changes(boolean all, int limit) {
        return readList(get("/changes?all=" + all + "&limit=" + limit), Views.Change.class);
    }

    /** @param name {@code #12} or {@code team/infra#14} */
    Views.ChangeDetail change(String name) {
        Views.Change change = readList(get("/changes?name=" + encoded(name)), Views.Change.class)
                .get(0);
        return read(get("/changes/" + change.number()), Views.ChangeDetail.class);
    }

    List<Views.Run> runs(@Nullable String stack, int limit) {
        String filter = stack == null ? "" : "&stack=" + encoded(stack);
        return readList(get("/runs?limit=" + limit + filter), Views.Run.class);
    }

    List<Views.HistoryEntry> history(@Nullable String stack, int limit) {
        String filter = stack == null ? "" : "&stack=" + encoded(stack);
        return readList(get("/history?limit=" + limit + filter), Views.HistoryEntry.class);
    }

    List<Views.Apply> applies(String stack, int limit) {
        return readList(get("/applies?limit=" + limit + "&stack=" + encoded(stack)), Views.Apply.class);
    }

    Views.LogChunk log(long run, long offset) {
        return read(get("/runs/" + run + "/log?offset=" + offset), Views.LogChunk.class);
    }

    Views.Why why(String stack) {
        return read(get("/why?stack=" + encoded(stack)), Views.Why.class);
    }

    List<Views.Outcome> outcomes(List<String> handles) {
        String query =
                handles.stream().map(handle -> "handle=" + encoded(handle)).collect(Collectors.joining("&"));
        return readList(get("/outcomes?" + query), Views.Outcome.class);
    }

    Views.Acted act(String path, Views.Ask ask) {
        return read(send("POST", "/" + path, json.write(ask)), Views.Acted.class);
    }

    /** The addresses of all that is in a state. */
    public List<String> stateAddresses(String stack) {
        return readList(get("/state/addresses?stack=" + encoded(stack)), String.class);
    }

    /** @param address of what is asked for; null for all of it */
    public Views.State state(String stack, @Nullable String address) {
        String only = address == null ? "" : "&address=" + encoded(address);
        return read(get("/state?stack=" + encoded(stack) + only), Views.State.class);
    }

    /** Newest first. */
    public List<Views.StateVersion> stateVersions(String stack) {
        return readList(get("/state/versions?stack=" + encoded(stack)), Views.StateVersion.class);
    }

    /** The state as it is, secrets and all. */
    public byte[] pullState(String stack, boolean errored) {
        return get("/state/raw?stack=" + encoded(stack) + "&errored=" + errored);
    }

    /** @param content null for the one that the last apply could not save */
    public Views.Acted pushState(String stack, byte @Nullable [] content, boolean force) {
        String path = "/state/push?stack=" + encoded(stack) + "&force=" + force + "&errored=" + (content == null);
        return read(send("POST", path, content == null ? new byte[0] : content), Views.Acted.class);
    }

    /** @param verb as the command has it, for example {@code mv} */
    public Views.Acted changeState(String verb, Views.StateAsk ask) {
        return read(send("POST", "/state/" + verb, json.write(ask)), Views.Acted.class);
    }

    Views.Whoami whoami() {
        return read(get("/whoami"), Views.Whoami.class);
    }

    List<Views.Token> tokens(boolean all) {
        return readList(get("/tokens?all=" + all), Views.Token.class);
    }

    Views.NewToken createToken(Views.TokenAsk ask) {
        return read(send("POST", "/tokens", json.write(ask)), Views.NewToken.class);
    }

    Views.Token revokeToken(String name) {
        // In a path a space is %20, while + stands for itself.
        return read(send("DELETE", "/tokens/" + encoded(name).replace("+", "%20"), null), Views.Token.class);
    }

    Views.LoginLink loginLink() {
        return read(send("POST", "/login-links", new byte[0]), Views.LoginLink.class);
    }

    /** What the server counts, in the text that Prometheus reads. */
    public String metrics() {
        return new String(sendTo("GET", "/metrics", null), StandardCharsets.UTF_8);
    }

    private byte[] get(String path) {
        return send("GET", path, null);
    }

    private byte[] send(String method, String path, byte @Nullable [] body) {
        return sendTo(method, BASE + path, body);
    }

    private byte[] sendTo(String method, String path, byte @Nullable [] body) {
        Http.Answer answer = answer(method, path, body);
        if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED && answer.body().length == 0) {
            // To a request with a body the connection swallows why; a request without one gets to see it.
            answer = answer("GET", BASE + "/whoami", null);
        }
        if (answer.status() >= HttpURLConnection.HTTP_MULT_CHOICE) {
            throw refused(answer);
        }
        return answer.body();
    }

    private Http.Answer answer(String method, String path, byte @Nullable [] body) {
        URI address = URI.create(server.url() + path);
        FutureTask<Http.Answer> request = new FutureTask<>(() -> Http.send(method, address, server.token(), body));
        // A daemon: an interrupted command doesn't wait for its server.
        Thread sender = new Thread(request, "request");
        sender.setDaemon(true);
        sender.start();
        return await(request);
    }

    private Http.Answer await(Future<Http.Answer> answer) {
        try (Progress progress = new Progress(context.terminal(), context.clock())) {
            while (true) {
                try {
                    return answer.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException notYet) {
                    progress.waitingFor("Waiting for the server at " + server.url());
                }
            }
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.error("Interrupted while waiting for the server.", "");
        }
    }

    private CliException unreachable(Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new CliException(
                ExitStatus.ERROR,
                "The server at " + server.url() + " does not answer: " + reason + ".",
                "Is it running? 'plumbline serve' starts it; work that was under way goes on then.",
                cause);
    }

    private CliException refused(Http.Answer answer) {
        String said = "status " + answer.status();
        try {
            Views.Problem problem = json.read(answer.body(), Views.Problem.class);
            if (problem.error() == null || problem.next() == null) {
                return strange(said, null);
            }
            // Which token it was depends on which server was asked.
            boolean notLetIn = answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED;
            boolean forbidden = answer.status() == HttpURLConnection.HTTP_FORBIDDEN;
            return new CliException(
                    forbidden ? ExitStatus.REFUSED : ExitStatus.ERROR,
                    (notLetIn ? server.url() + ": " : "") + problem.error(),
                    problem.next());
        } catch (JacksonException notOurs) {
            return strange(said, notOurs);
        }
    }

    private <T> T read(byte[] body, Class<T> type) {
        try {
            return json.read(body, type);
        } catch (JacksonException e) {
            throw strange("an answer that can't be understood", e);
        }
    }

    private <T> List<T> readList(byte[] body, Class<T> element) {
        try {
            return json.readList(body, element);
        } catch (JacksonException e) {
            throw strange("an answer that can't be understood", e);
        }
    }

    private CliException strange(String what, @Nullable Throwable cause) {
        CliException thrown = CliException.error(
                "The server at " + server.url() + " gave " + what + ".",
                "Check the address, and that server and command are of one version.");
        thrown.initCause(cause);
        return thrown;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
