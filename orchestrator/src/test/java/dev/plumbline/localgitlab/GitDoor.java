package dev.plumbline.localgitlab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.plumbline.localforge.GitBackend;
import dev.plumbline.localforge.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Fetching and pushing over HTTP, for whoever may. */
final class GitDoor implements HttpHandler {
    private final GitBackend git;
    private final World world;
    private final Gate gate;
    private final Rights rights;
    private final Events events;

    GitDoor(Path folder, World world, Gate gate, Rights rights, Events events) {
        this.git = new GitBackend(folder);
        this.world = world;
        this.gate = gate;
        this.rights = rights;
        this.events = events;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Account> caller = Optional.empty();
            try {
                caller = Optional.of(let(exchange));
            } catch (Refusal refusal) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GitLab\"");
                exchange.sendResponseHeaders(refusal.status(), -1);
            }
            if (caller.isPresent()) {
                serve(exchange, caller.get());
            }
        }
    }

    private Project project(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return world.project(path.replaceFirst("^/", "").replaceFirst("\\.git(/.*)?$", ""));
    }

    private Account let(HttpExchange exchange) {
        synchronized (world) {
            Tokens.Held held = gate.holder(exchange.getRequestHeaders());
            Project project = project(exchange);
            boolean pushes = GitBackend.pushes(exchange);
            boolean scope = held.covers(pushes ? "write_repository" : "read_repository");
            boolean role = rights.sees(held.account(), project)
                    && (!pushes || rights.is(held.account(), project, Level.DEVELOPER));
            if (!scope || !role) {
                throw Refusals.forbidden();
            }
            return held.account();
        }
    }

    private void serve(HttpExchange exchange, Account caller) throws IOException {
        if (!GitBackend.pushes(exchange)) {
            git.serve(exchange, caller.username());
            return;
        }
        synchronized (world) {
            Project project = project(exchange);
            Map<String, String> before = project.git().heads();
            git.serve(exchange, caller.username());
            events.pushed(project, caller, before);
        }
    }
}
