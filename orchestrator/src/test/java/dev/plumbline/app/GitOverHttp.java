package dev.plumbline.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The bare repositories below a folder over http, by Git's own http-backend, for whoever gives the password. Writes down what each
 * request brought along, and the command lines of all processes at that moment.
 */
final class GitOverHttp implements AutoCloseable {
    private final Path root;
    private final String password;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> processes = new CopyOnWriteArrayList<>();
    private volatile Optional<String> elsewhere = Optional.empty();
    private @Nullable HttpServer server;
    private int port;

    GitOverHttp(Path root, String password) {
        this.root = root;
        this.password = password;
        start();
    }

    /** Listens again, where it did before. */
    void start() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            made.setExecutor(threads);
            made.createContext("/", this::answer);
            made.start();
            port = made.getAddress().getPort();
            server = made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing answers any more. */
    void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** From now on whoever has given the password is sent there. */
    void redirectTo(String url) {
        elsewhere = Optional.of(url);
    }

    /** The Authorization header of each request that had one. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** What a process list showed while requests came in. */
    List<String> processes() {
        return List.copyOf(processes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessHandle.allProcesses()
                    .flatMap(each -> each.info().commandLine().stream())
                    .forEach(processes::add);
            byte[] body = exchange.getRequestBody().readAllBytes();
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given != null) {
                authorizations.add(given);
            }
            if (given == null || !given.equals(expected())) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (elsewhere.isPresent()) {
                exchange.getResponseHeaders().add("Location", elsewhere.get() + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
            } else {
                backend(exchange, body);
            }
        }
    }

    private String expected() {
        byte[] text = ("plumbline:" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(text);
    }

    /** As a web server calls a CGI program. */
    private void backend(HttpExchange exchange, byte[] body) throws IOException {
        ProcessBuilder git = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        git.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        git.environment()
                .putAll(Map.of(
                        "GIT_PROJECT_ROOT",
                        root.toString(),
                        "GIT_HTTP_EXPORT_ALL",
                        "1",
                        "GIT_CONFIG_NOSYSTEM",
                        "1",
                        "GIT_CONFIG_GLOBAL",
                        "/dev/null",
                        "REMOTE_USER",
                        "plumbline",
                        "REQUEST_METHOD",
                        exchange.getRequestMethod(),
                        "PATH_INFO",
                        exchange.getRequestURI().getPath(),
                        "CONTENT_LENGTH",
                        String.valueOf(body.length)));
        git.environment()
                .put(
                        "QUERY_STRING",
                        Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
        Map.of(
                        "CONTENT_TYPE",
                        "Content-Type",
                        "HTTP_CONTENT_ENCODING",
                        "Content-Encoding",
                        "GIT_PROTOCOL",
                        "Git-Protocol")
                .forEach((variable, header) -> Optional.ofNullable(
                                exchange.getRequestHeaders().getFirst(header))
                        .ifPresent(value -> git.environment().put(variable, value)));
        Process process = git.start();
        try (var in = process.getOutputStream()) {
            in.write(body);
        }
        InputStream out = process.getInputStream();
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(parts[0], parts[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
