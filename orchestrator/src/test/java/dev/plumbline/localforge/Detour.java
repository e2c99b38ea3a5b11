package dev.plumbline.localforge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The way from a client to a forge, on which the client is broken: what it asks becomes what a wrong one would ask. */
public final class Detour implements AutoCloseable {
    private static final Set<String> OF_ONE_HOP =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final URI forge;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> unheard = ConcurrentHashMap.newKeySet();
    private final Map<String, String> misheard = new ConcurrentHashMap<>();
    private volatile UnaryOperator<Asked> broken = UnaryOperator.identity();

    /**
     * A request.
     *
     * @param path with its query
     */
    public record Asked(String method, String path, Map<String, String> headers, byte[] body) {
        /** Empty where there is none. */
        public String header(String name) {
            return Optional.ofNullable(headers.get(name)).orElse("");
        }

        public Asked with(String header, String value) {
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(headers);
            all.put(header, value);
            return new Asked(method, path, all, body);
        }

        public Asked without(String header) {
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(headers);
            all.remove(header);
            return new Asked(method, path, all, body);
        }

        /** For another place: the first that fits the expression in its path is replaced. */
        public Asked at(String expression, String instead) {
            return new Asked(method, path.replaceFirst(expression, Matcher.quoteReplacement(instead)), headers, body);
        }

        /** With something else in a member of its body; null for nothing. Requests without a body stay as they are. */
        public Asked saying(String member, @Nullable Object value) {
            if (body.length == 0) {
                return this;
            }
            ObjectNode all = (ObjectNode) JsonMapper.shared().readTree(body);
            if (value == null) {
                all.remove(member);
            } else {
                all.set(member, Json.of(value));
            }
            return text(all.toString());
        }

        public Asked text(String instead) {
            return body.length == 0 ? this : new Asked(method, path, headers, instead.getBytes(StandardCharsets.UTF_8));
        }
    }

    public Detour(URI forge) {
        this.forge = forge;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    /** What a client takes for the forge. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on the client asks like this. */
    public void breaks(UnaryOperator<Asked> wrong) {
        broken = wrong;
    }

    /** From now on the client doesn't hear that header of answers. */
    public void deafens(String header) {
        unheard.add(header.toLowerCase(Locale.ROOT));
    }

    /** From now on the client hears other words in the place of some. */
    public void mishears(String words, String instead) {
        misheard.put(words, instead);
    }

    /** From now on the client is as it is. */
    public void mends() {
        broken = UnaryOperator.identity();
        unheard.clear();
        misheard.clear();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = sent(broken.apply(asked(exchange)));
            answer.headers().map().forEach((name, values) -> {
                if (!OF_ONE_HOP.contains(name) && !unheard.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = heard(answer.body());
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] heard(byte[] body) {
        if (misheard.isEmpty()) {
            return body;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> words : misheard.entrySet()) {
            text = text.replace(words.getKey(), words.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        URI address = exchange.getRequestURI();
        String query =
                Optional.ofNullable(address.getRawQuery()).map(all -> "?" + all).orElse("");
        return new Asked(
                exchange.getRequestMethod(),
                address.getRawPath() + query,
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    private HttpResponse<byte[]> sent(Asked asked) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(forge + asked.path()))
                .method(
                        asked.method(),
                        asked.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(asked.body()));
        asked.headers().forEach((name, value) -> {
            if (!OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
            }
        });
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
