package dev.plumbline.forge.http;

import dev.plumbline.forge.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Single calls of an API: let in, within time and size, none while the forge asks for a pause, and none twice. What has not changed
 * since it was asked before is taken from memory.
 */
final class Calls {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LARGEST = 32 << 20;
    private static final long KEPT = 64L << 20;
    /** Upon these something is given up, or taken for gone. */
    private static final Set<Integer> OF_WEIGHT = Set.of(401, 403, 404);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Endpoint endpoint;
    private final Authorization authorization;
    private final Limits limits;
    private final KnownReplies known = new KnownReplies(KEPT);
    private final HttpClient http;

    Calls(Endpoint endpoint, Authorization authorization, Limits limits) {
        this.endpoint = endpoint;
        this.authorization = authorization;
        this.limits = limits;
        // Redirects are not followed: the token is for this address only.
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The answer, whatever its status; a key that is refused is tried anew once, where another can be had. */
    Answer<Reply> call(String method, String path, Optional<Map<String, ?>> body) {
        Optional<Instant> pause = limits.pause();
        if (pause.isPresent()) {
            return new Answer.Failed<>(troubles("").later(path, pause.get()));
        }
        return authorization.key().then(key -> {
            Answer<Reply> answer = send(key, method, path, body);
            boolean refused =
                    answer instanceof Answer.Given<Reply> reply && reply.value().status() == 401;
            return refused && authorization.renews(key)
                    ? authorization.key().then(fresh -> send(fresh, method, path, body))
                    : answer;
        });
    }

    private Answer<Reply> send(Authorization.Key key, String method, String path, Optional<Map<String, ?>> body) {
        ApiTroubles troubles = troubles(key.secret());
        Optional<Reply> before = method.equals("GET") ? known.of(path) : Optional.empty();
        HttpRequest request = request(key, method, path, body, before);
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            byte[] bytes = content(response);
            if (bytes.length > LARGEST) {
                return new Answer.Failed<>(troubles.tooLong(path, LARGEST + " bytes"));
            }
            return read(troubles, path, response.statusCode(), bytes, response.headers())
                    .then(reply -> noted(troubles, method, path, before, reply, bytes.length));
        } catch (IOException unreachable) {
            return new Answer.Failed<>(troubles.unreachable(path, unreachable));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(troubles.cutShort(path));
        }
    }

    /** The client's own time limit ends with the headers; a body that never ends is cut off here. */
    private byte[] content(HttpResponse<InputStream> response) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        try (InputStream content = response.body()) {
            CompletableFuture<Void> limit = CompletableFuture.runAsync(
                    () -> {
                        late.set(true);
                        close(content);
                    },
                    CompletableFuture.delayedExecutor(endpoint.patience().toMillis(), TimeUnit.MILLISECONDS));
            try {
                return content.readNBytes(LARGEST + 1);
            } finally {
                limit.cancel(false);
            }
        } catch (IOException cut) {
            throw late.get() ? new HttpTimeoutException("its answer did not end in time") : cut;
        }
    }

    private static void close(InputStream content) {
        try {
            content.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpRequest request(
            Authorization.Key key, String method, String path, Optional<Map<String, ?>> body, Optional<Reply> before) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.base() + path))
                .timeout(endpoint.patience())
                .header(key.name(), key.header())
                .header("User-Agent", "Plumbline")
                .method(
                        method,
                        body.map(fields -> HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        endpoint.headers().forEach(request::header);
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        before.flatMap(reply -> reply.headers().firstValue("ETag"))
                .ifPresent(tag -> request.header("If-None-Match", tag));
        return request.build();
    }

    private static Answer<Reply> read(
            ApiTroubles troubles, String path, int status, byte[] bytes, HttpHeaders headers) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            JsonNode body = bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
            return new Answer.Given<>(new Reply(status, body, troubles.words(said(status, body)), headers));
        } catch (JacksonException notJson) {
            // What stands before a forge answers in words of its own while that starts again; a forge's "no" is JSON.
            boolean another = OF_WEIGHT.contains(status)
                    && headers.firstValue("Retry-After").isEmpty();
            return status / 100 == 2 || another
                    ? new Answer.Failed<>(troubles.notJson(path, status, text))
                    : new Answer.Given<>(new Reply(status, JSON.nullNode(), "status " + status, headers));
        }
    }

    /** GitLab says what is wrong in several ways, of which some are lists or by field. */
    private static String said(int status, JsonNode body) {
        return Stream.of("message", "error_description", "error")
                .map(body::path)
                .filter(words -> !words.isMissingNode() && !words.isNull())
                .map(words -> words.isString() ? words.stringValue() : words.toString())
                .findFirst()
                .orElse("status " + status);
    }

    private Answer<Reply> noted(
            ApiTroubles troubles, String method, String path, Optional<Reply> before, Reply reply, long bytes) {
        Optional<Instant> until = limits.heard(reply);
        if (until.isPresent()) {
            return new Answer.Failed<>(troubles.later(path, until.get()));
        }
        if (reply.status() == 304 && before.isPresent()) {
            return new Answer.Given<>(before.get());
        }
        if (method.equals("GET")) {
            known.keep(path, reply, bytes);
        }
        return new Answer.Given<>(reply);
    }

    private ApiTroubles troubles(String secret) {
        return new ApiTroubles(endpoint, authorization.setting(), secret);
    }
}
