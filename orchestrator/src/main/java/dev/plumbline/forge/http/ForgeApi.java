package dev.plumbline.forge.http;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of one forge, spoken with one token. */
public final class ForgeApi {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int LARGEST = 32 << 20;
    private static final int LONGEST_WORDS = 200;
    private static final int MOST_PAGES = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String forge;
    private final String base;
    private final String authorization;
    private final Secrets secrets;
    private final HttpClient http;

    /**
     * @param forge its name in server.yaml
     * @param base the address that paths are put behind
     * @param authorization the whole header
     * @param token is masked in whatever the forge says
     */
    public ForgeApi(String forge, String base, String authorization, String token) {
        this.forge = forge;
        this.base = base;
        this.authorization = authorization;
        this.secrets = Secrets.of(List.of(token));
        // Redirects are not followed: the token is for this address only.
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * @param words what the forge says of it
     * @param total how long the list is of which this is a page; empty where the forge doesn't say
     */
    private record Reply(int status, JsonNode body, String words, OptionalLong total) {
        boolean good() {
            return status / 100 == 2;
        }
    }

    /** Asks for one thing. */
    public Answer<JsonNode> get(String path) {
        return call("GET", path, Optional.empty()).then(reply -> taken(path, reply));
    }

    /** Asks for one thing that may not be there. */
    public Answer<Optional<JsonNode>> find(String path) {
        return call("GET", path, Optional.empty())
                .then(reply -> reply.status() == 404
                        ? new Answer.Given<>(Optional.empty())
                        : taken(path, reply).then(body -> new Answer.Given<>(Optional.of(body))));
    }

    /**
     * Asks for a list, page by page.
     *
     * @param path with its query, to which page and limit are added
     */
    public Answer<List<JsonNode>> list(String path, int limit) {
        List<JsonNode> all = new ArrayList<>();
        String joint = path.contains("?") ? "&" : "?";
        for (int page = 1; page <= MOST_PAGES; page++) {
            Answer<Reply> answer = call("GET", path + joint + "page=" + page + "&limit=" + limit, Optional.empty())
                    .then(reply -> list(path, reply));
            if (answer instanceof Answer.Failed<Reply> failed) {
                return new Answer.Failed<>(failed.trouble());
            }
            Reply reply = ((Answer.Given<Reply>) answer).value();
            reply.body().forEach(all::add);
            // A forge may give fewer than it was asked for on each page, and some lists come whole whatever was asked
            // for.
            if (reply.body().isEmpty() || all.size() >= reply.total().orElse(Long.MAX_VALUE)) {
                return new Answer.Given<>(all);
            }
        }
        return new Answer.Failed<>(new Trouble(Kind.REFUSED, at(path) + " gave more than " + MOST_PAGES + " pages"));
    }

    private Answer<Reply> list(String path, Reply reply) {
        if (!reply.good()) {
            return new Answer.Failed<>(trouble(path, reply));
        }
        return reply.body().isArray()
                ? new Answer.Given<>(reply)
                : new Answer.Failed<>(new Trouble(Kind.REFUSED, at(path) + " gave no list"));
    }

    /** Makes something. */
    public Answer<JsonNode> post(String path, Map<String, ?> body) {
        return call("POST", path, Optional.of(body)).then(reply -> taken(path, reply));
    }

    /** Changes something; empty where it is not there any more. */
    public Answer<Optional<JsonNode>> patch(String path, Map<String, ?> body) {
        return whereThere("PATCH", path, body);
    }

    /** Makes something that belongs to something else; empty where that is not there any more. */
    public Answer<Optional<JsonNode>> postTo(String path, Map<String, ?> body) {
        return whereThere("POST", path, body);
    }

    private Answer<Optional<JsonNode>> whereThere(String method, String path, Map<String, ?> body) {
        return call(method, path, Optional.of(body))
                .then(reply -> reply.status() == 404
                        ? new Answer.Given<>(Optional.empty())
                        : taken(path, reply).then(made -> new Answer.Given<>(Optional.of(made))));
    }

    private Answer<Reply> call(String method, String path, Optional<Map<String, ?>> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Authorization", authorization)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.map(fields -> HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)))
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream content = response.body()) {
                byte[] bytes = content.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    return new Answer.Failed<>(
                            new Trouble(Kind.REFUSED, at(path) + " answered with more than " + LARGEST + " bytes"));
                }
                return read(
                        path, response.statusCode(), bytes, response.headers().firstValueAsLong("X-Total-Count"));
            }
        } catch (IOException unreachable) {
            return new Answer.Failed<>(
                    new Trouble(Kind.UNREACHABLE, at(path) + " can't be reached: " + words(unreachable)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(new Trouble(Kind.UNREACHABLE, "the call of " + at(path) + " was cut short"));
        }
    }

    private Answer<Reply> read(String path, int status, byte[] bytes, OptionalLong total) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            JsonNode body = bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
            String said = body.path("message").asString("");
            return new Answer.Given<>(new Reply(status, body, said.isEmpty() ? "status " + status : said, total));
        } catch (JacksonException notJson) {
            if (status / 100 == 2) {
                return new Answer.Failed<>(new Trouble(
                        Kind.UNREACHABLE,
                        at(path) + " did not answer in JSON, so something else may stand before it: " + words(text)));
            }
            return new Answer.Given<>(new Reply(status, JSON.nullNode(), "status " + status, total));
        }
    }

    private Answer<JsonNode> taken(String path, Reply reply) {
        return reply.good() ? new Answer.Given<>(reply.body()) : new Answer.Failed<>(trouble(path, reply));
    }

    private Trouble trouble(String path, Reply reply) {
        String said = " (" + words(reply.words()) + ")";
        return switch (reply.status()) {
            case 401 ->
                new Trouble(
                        Kind.CREDENTIALS,
                        at(path) + " refuses the token; correct token of the forge " + forge
                                + " in server.yaml and start the server again" + said);
            case 403 ->
                new Trouble(
                        Kind.CREDENTIALS,
                        "the token of the forge " + forge + " may not do this at " + at(path)
                                + "; give its user or its scopes more rights" + said);
            case 404 ->
                new Trouble(
                        Kind.GONE,
                        "there is no " + at(path) + ", or the token of the forge " + forge + " may not see it" + said);
            case 301, 302, 303, 307, 308 ->
                new Trouble(
                        Kind.REFUSED,
                        at(path) + " redirects elsewhere, which is not followed, so that the token stays with whom it"
                                + " is for; name the right url in server.yaml");
            case 400, 405, 409, 413, 422 ->
                new Trouble(Kind.REFUSED, at(path) + " does not take this: status " + reply.status() + said);
            default -> new Trouble(Kind.UNREACHABLE, at(path) + " answers with status " + reply.status() + said);
        };
    }

    private String at(String path) {
        return TerminalText.safeLine(base + path.replaceFirst("\\?.*", ""));
    }

    private String words(IOException cause) {
        if (cause instanceof ConnectException) {
            return "nothing answers there";
        }
        String message = cause.getMessage();
        return words(
                message == null ? cause.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ") : message);
    }

    private String words(String text) {
        String line = TerminalText.safeLine(secrets.masker().mask(text.strip().replaceAll("\\s+", " ")));
        return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS) + "…" : line;
    }
}
