package dev.plumbline.localforge;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Git over HTTP, by Git's own {@code http-backend}. Whether somebody may is decided before.
 *
 * @param folder below which the repositories are
 */
public record GitBackend(Path folder) {

    /** Whether a call is for pushing. */
    public static boolean pushes(HttpExchange exchange) {
        return exchange.getRequestURI().toString().contains("git-receive-pack");
    }

    /** @param user what is told to Git of who calls */
    public void serve(HttpExchange exchange, String user) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend").directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("REMOTE_USER", user);
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        header(exchange, "Content-Type").ifPresent(value -> environment.put("CONTENT_TYPE", value));
        header(exchange, "Content-Encoding").ifPresent(value -> environment.put("HTTP_CONTENT_ENCODING", value));
        header(exchange, "Git-Protocol").ifPresent(value -> environment.put("GIT_PROTOCOL", value));
        byte[] request = exchange.getRequestBody().readAllBytes();
        environment.put("CONTENT_LENGTH", String.valueOf(request.length));
        Process git = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream in = git.getOutputStream()) {
            in.write(request);
        }
        try (InputStream out = git.getInputStream()) {
            answer(exchange, out);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static void answer(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].split(" ")[0]);
            } else {
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
