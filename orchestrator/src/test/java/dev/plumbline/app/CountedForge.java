package dev.plumbline.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a forge, hands everything on, and writes down what is written there and when it was answered. */
final class CountedForge implements AutoCloseable {
    private static final Set<String> NOT_HANDED_ON =
            Set.of("connection", "host", "content-length", "transfer-encoding", "upgrade", "expect");

    private final URI forge;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Write> writes = new CopyOnWriteArrayList<>();

    /** @param nanos when its answer had come */
    record Write(String path, String body, long nanos) {}

    CountedForge(URI forge) throws IOException {
        this.forge = forge;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handOn);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was written by the API since the last call of this. */
    List<Write> writes() {
        return List.copyOf(writes);
    }

    void forget() {
        writes.clear();
    }

    private void handOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(forge + path))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders()
                    .forEach((name, values) -> values.stream()
                            .filter(value -> !NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT)))
                            .forEach(value -> request.header(name, value)));
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .map()
                    .forEach((name, values) -> values.stream()
                            .filter(value -> !NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT)))
                            .forEach(value -> exchange.getResponseHeaders().add(name, value)));
            if (!exchange.getRequestMethod().equals("GET") && path.startsWith("/api/")) {
                writes.add(new Write(path, new String(body, StandardCharsets.UTF_8), System.nanoTime()));
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
