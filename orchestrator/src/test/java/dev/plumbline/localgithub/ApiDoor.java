package dev.plumbline.localgithub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.plumbline.localforge.ApiAnswer;
import dev.plumbline.localforge.Faults;
import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Query;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import dev.plumbline.openapi.Description;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The HTTP API: each request and each answer is held against GitHub's description. */
final class ApiDoor implements HttpHandler {
    static final String PREFIX = "/api/v3";
    /** GitHub says them of any operation, described or not. */
    private static final Set<Integer> EVERYWHERE = Set.of(304, 400, 401, 403, 404, 422, 429);

    private final World world;
    private final Gate gate;
    private final List<Route> routes;
    private final Description description;
    private final Faults faults;
    private final AtomicInteger calls = new AtomicInteger();

    ApiDoor(World world, Gate gate, List<Route> routes, Description description, Faults faults) {
        this.world = world;
        this.gate = gate;
        this.routes = routes;
        this.description = description;
        this.faults = faults;
    }

    int calls() {
        return calls.get();
    }

    private record Fit(Route route, Map<String, String> values, Description.Operation operation) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        ApiAnswer answer;
        // One at a time, so that nothing has to be thought of twice.
        try {
            synchronized (world) {
                answer = answered(exchange);
            }
        } catch (RuntimeException broken) {
            faults.add(exchange.getRequestURI() + " breaks this server: " + broken);
            answer = new ApiAnswer(500, Optional.empty());
        }
        answer.send(exchange);
    }

    private ApiAnswer answered(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        Optional<Caller> caller = Optional.empty();
        Optional<Fit> fit = fit(exchange);
        try {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            caller = Optional.of(gate.caller(authorization == null ? "" : authorization));
            gate.inTime(caller.get());
            Fit fitting = fit.orElseThrow(Refusal::notFound);
            gate.permitted(caller.get(), fitting.route());
            return done(exchange, fitting, caller.get(), bytes);
        } catch (Refusal refusal) {
            JsonNode body = Json.object()
                    .put("message", refusal.getMessage())
                    .put("documentation_url", "http://127.0.0.1:9/rest");
            fit.ifPresent(fitting -> described(fitting, refusal.status(), Optional.of(body)));
            caller.ifPresent(gate::count);
            return new ApiAnswer(refusal.status(), Optional.of(body))
                    .with(gate.headers(caller))
                    .with(refusal.headers());
        }
    }

    private Optional<Fit> fit(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        String method = exchange.getRequestMethod();
        for (Route route : routes) {
            Optional<Map<String, String>> values = route.match(method, path);
            if (values.isPresent()) {
                Description.Operation operation =
                        description.operation(method, route.template()).orElseThrow();
                return Optional.of(new Fit(route, values.get(), operation));
            }
        }
        faults.add(method + " " + path + " is nothing that this server knows");
        return Optional.empty();
    }

    private ApiAnswer done(HttpExchange exchange, Fit fit, Caller caller, byte[] bytes) {
        URI address = exchange.getRequestURI();
        Map<String, String> query = Query.read(address.getRawQuery());
        Optional<JsonNode> body = read(bytes);
        List<String> wrong = fit.operation().faults(query, body);
        if (!wrong.isEmpty()) {
            faults.addAll(wrong);
            throw new Refusal(422, "Validation Failed: " + wrong.get(0));
        }
        Reply reply = fit.route()
                .handler()
                .apply(new Call(caller, fit.values(), query, body.orElse(MissingNode.getInstance())));
        String place = "http://" + exchange.getRequestHeaders().getFirst("Host") + address.getRawPath();
        boolean cursor = fit.route().template().matches(".*/(activity|deliveries)");
        Optional<Paging> paging = reply.body().map(whole -> Paging.of(whole, place, query, cursor));
        Optional<JsonNode> answer = described(fit, reply.status(), paging.map(Paging::page));
        ApiAnswer made = new ApiAnswer(reply.status(), answer)
                .with(paging.flatMap(Paging::next)
                        .map(next -> Map.of("Link", "<" + next + ">; rel=\"next\""))
                        .orElse(Map.of()));
        ApiAnswer known = exchange.getRequestMethod().equals("GET")
                ? made.unlessKnown(
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")))
                : made;
        if (known.status() != 304) {
            gate.count(caller);
        }
        return known.with(gate.headers(Optional.of(caller)));
    }

    private static Optional<JsonNode> read(byte[] bytes) {
        try {
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(JsonMapper.shared().readTree(bytes));
        } catch (JacksonException notJson) {
            throw new Refusal(400, "Problems parsing JSON");
        }
    }

    /** The answer in full; whatever is wrong with it is this server's own fault, and fails the test as well. */
    private Optional<JsonNode> described(Fit fit, int status, Optional<JsonNode> body) {
        Optional<Description.Message> message = fit.operation().answer(status);
        if (!fit.operation().answers(status) && !EVERYWHERE.contains(status)) {
            faults.add(fit.route().method() + " " + fit.route().template() + " never answers with " + status);
        }
        if (message.isEmpty() || body.isEmpty()) {
            return body;
        }
        JsonNode whole = message.get().completed(body.get());
        faults.addAll(message.get().faults(whole));
        return Optional.of(whole);
    }
}
