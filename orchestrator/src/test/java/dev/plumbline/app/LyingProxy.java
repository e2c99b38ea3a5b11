package dev.plumbline.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands before a forge and passes everything on, until it is told what to say instead of the forge's API. */
final class LyingProxy implements AutoCloseable {
    private static final Set<String> OF_ONE_HOP =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final URI forge;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicReference<Moment> moment = new AtomicReference<>();
    private volatile Lie lie = Lie.NONE;

    /**
     * What is said instead of the truth.
     *
     * @param methods to which of them, a regular expression
     * @param paths of what, a regular expression
     * @param length what it says of its length; less than 0 for the truth
     */
    record Lie(String methods, String paths, int status, Map<String, String> headers, String body, long length) {
        static final String ALL = "/api/.*";
        static final Lie NONE = new Lie("", "", 0, Map.of(), "", -1);

        static Lie of(String methods, int status, String body) {
            return of(methods, ALL, status, body);
        }

        static Lie of(String methods, String paths, int status, String body) {
            return new Lie(methods, paths, status, Map.of(), body, -1);
        }

        private boolean about(HttpExchange exchange) {
            return exchange.getRequestMethod().matches(methods)
                    && exchange.getRequestURI().getPath().matches(paths);
        }
    }

    LyingProxy(URI forge) {
        this.forge = forge;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on. */
    void says(Lie what) {
        told.set(0);
        lie = what;
    }

    /** Lets something happen once, just before it is asked for that. */
    void before(String paths, Runnable what) {
        moment.set(new Moment(paths, what));
    }

    private record Moment(String paths, Runnable what) {}

    /** How often it said what it said last. */
    int told() {
        return told.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Moment next = moment.get();
            if (next != null
                    && exchange.getRequestURI().getPath().matches(next.paths())
                    && moment.compareAndSet(next, null)) {
                next.what().run();
            }
            Lie now = lie;
            if (now.about(exchange)) {
                told.incrementAndGet();
                now.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] said = now.body().getBytes(StandardCharsets.UTF_8);
                send(exchange, now.status(), now.length() < 0 ? said.length : now.length(), said);
            } else {
                pass(exchange, body);
            }
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(forge.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!OF_ONE_HOP.contains(name) && !name.startsWith(":")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            send(exchange, response.statusCode(), response.body().length, response.body());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, long length, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        if (length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(body);
            out.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
