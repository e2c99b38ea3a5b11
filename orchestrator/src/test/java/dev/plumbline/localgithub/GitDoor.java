package dev.plumbline.localgithub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.plumbline.localforge.GitBackend;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localgithub.Grants.Need;
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
                    && caller.grants()
                            .cover(GitBackend.pushes(exchange) ? Need.write("contents") : Need.read("contents"));
            boolean role = !GitBackend.pushes(exchange)
                    || rights.installed(caller, repository)
                    || repository.role(caller.account()).atLeast(Role.WRITE);
            if (!permitted || !role) {
                throw new Refusal(403, "Permission denied");
            }
            return caller;
        }
    }

    private void serve(HttpExchange exchange, Caller caller) throws IOException {
        if (!GitBackend.pushes(exchange)) {
            git.serve(exchange, caller.account().login());
            return;
        }
        synchronized (world) {
            Repository repository = repository(exchange);
            Map<String, String> before = repository.git().heads();
            git.serve(exchange, caller.account().login());
            events.pushed(repository, caller.account(), before);
        }
    }
}
