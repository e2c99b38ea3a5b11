package dev.plumbline.app;

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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes in what a forge sends to a webhook and holds it back, to be handed on in whatever order, and however often. */
final class Postbox implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Letter> letters = new CopyOnWriteArrayList<>();

    /** One delivery, as it came. */
    record Letter(Map<String, String> headers, byte[] body) {
        /** The same under another name. */
        Letter renamed() {
            Map<String, String> other = new HashMap<>(headers);
            other.replaceAll((name, value) -> name.equalsIgnoreCase("X-GitHub-Delivery")
                    ? UUID.randomUUID().toString()
                    : value);
            return new Letter(other, body);
        }

        boolean says(String text) {
            return new String(body, StandardCharsets.UTF_8).contains(text);
        }
    }

    Postbox() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith("x-"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().get(0)));
        letters.add(new Letter(headers, exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** What came so far, oldest first. */
    List<Letter> letters() {
        return List.copyOf(letters);
    }

    /** Hands one on; gives the status that comes back. */
    int handOn(Letter letter, String target) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(target)).POST(HttpRequest.BodyPublishers.ofByteArray(letter.body()));
        letter.headers().forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
