package dev.plumbline.localgithub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.plumbline.localgithub.Grants.Need;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Fetching and pushing over HTTP, by Git's own {@code http-backend}. */
final class GitDoor implements HttpHandler {
    private final Path folder;
    private final World world;
    private final Gate gate;
    private final Rights rights;
    private final Events events;

    GitDoor(Path folder, World world, Gate gate, Rights rights, Events events) {
        this.folder = folder;
        this.world = world;
        this.gate = gate;
        this.rights = rights;
        this.events = events;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Caller> caller = Optional.empty();
            try {
                caller = Optional.of(let(exchange));
            } catch (Refusal refusal) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GitHub\"");
                exchange.sendResponseHeaders(refusal.status(), -1);
            }
            if (caller.isPresent()) {
                serve(exchange, caller.get());
            }
        }
    }

    private static boolean pushes(HttpExchange exchange) {
        return exchange.getRequestURI().toString().contains("git-receive-pack");
    }

    private Repository repository(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return world.repository(path.replaceFirst("^/", "").replaceFirst("\\.git(/.*)?$", ""));
    }

    private Caller let(HttpExchange exchange) {
        synchronized (world) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Caller caller = gate.caller(authorization == null ? "" : authorization);
            Repository repository = repository(exchange);
            boolean permitted = rights.sees(caller, repository)
                    && caller.grants().cover(pushes(exchange) ? Need.write("contents") : Need.read("contents"));
            boolean role = !pushes(exchange)
                    || rights.installed(caller, repository)
                    || repository.role(caller.account()).atLeast(Role.WRITE);
            if (!permitted || !role) {
                throw new Refusal(403, "Permission denied");
            }
            return caller;
        }
    }

    private void serve(HttpExchange exchange, Caller caller) throws IOException {
        if (!pushes(exchange)) {
            run(exchange, caller);
            return;
        }
        synchronized (world) {
            Repository repository = repository(exchange);
            Map<String, String> before = repository.git().heads();
            run(exchange, caller);
            events.pushed(repository, caller.account(), before);
        }
    }

    private void run(HttpExchange exchange, Caller caller) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend").directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("REMOTE_USER", caller.account().login());
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
