package dev.plumbline.localgitlab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.plumbline.localforge.ApiAnswer;
import dev.plumbline.localforge.Faults;
import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Query;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The REST API. Each answer is read by another client as well. */
final class ApiDoor implements HttpHandler {
    static final String PREFIX = "/api/v4";

    private final World world;
    private final Gate gate;
    private final Throttle throttle;
    private final List<Route> routes;
    private final Faults faults;
    private final SecondOpinion opinion = new SecondOpinion();

    ApiDoor(World world, Gate gate, Throttle throttle, List<Route> routes, Faults faults) {
        this.world = world;
        this.gate = gate;
        this.throttle = throttle;
        this.routes = routes;
        this.faults = faults;
    }

    private record Fit(Route route, Map<String, String> values) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
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
        Map<String, String> limits = Map.of();
        try {
            Tokens.Held held = gate.holder(exchange.getRequestHeaders());
            limits = throttle.headers(held.account());
            throttle.pass(held.account());
            limits = throttle.headers(held.account());
            gate.permitted(held, exchange.getRequestMethod());
            return done(exchange, fit(exchange), held.account(), bytes).with(limits);
        } catch (Refusal refusal) {
            JsonNode body = Json.object().put("message", refusal.getMessage());
            return new ApiAnswer(refusal.status(), Optional.of(body))
                    .with(limits)
                    .with(refusal.headers());
        }
    }

    private Fit fit(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath().substring(PREFIX.length());
        for (Route route : routes) {
            Optional<Map<String, String>> values = route.match(exchange.getRequestMethod(), path);
            if (values.isPresent()) {
                return new Fit(route, values.get());
            }
        }
        faults.add(exchange.getRequestMethod() + " " + path + " is nothing that this server knows");
        throw new Refusal(404, "404 Not Found");
    }

    private ApiAnswer done(HttpExchange exchange, Fit fit, Account caller, byte[] bytes) {
        Map<String, String> query = Query.read(exchange.getRequestURI().getRawQuery());
        JsonNode body = read(exchange, bytes);
        Stream.concat(query.keySet().stream(), body.propertyNames().stream())
                .filter(name -> !fit.route().takes().contains(name))
                .forEach(name -> faults.add(fit.route().template() + " takes no " + name));
        Reply reply = fit.route().handler().apply(new Call(caller, fit.values(), query, body));
        String place = "http://" + exchange.getRequestHeaders().getFirst("Host")
                + exchange.getRequestURI().getRawPath();
        Optional<Page> page = reply.body().map(whole -> Page.of(whole, place, query));
        ApiAnswer answer = new ApiAnswer(reply.status(), page.map(Page::part))
                .with(page.map(Page::headers).orElse(Map.of()));
        if (answer.body().length > 0) {
            faults.addAll(opinion.faults(fit.route().model(), answer.body()));
        }
        return exchange.getRequestMethod().equals("GET")
                ? answer.unlessKnown(
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")))
                : answer;
    }

    /** A body that is not said to be JSON is read as a form there, and so as nothing. */
    private static JsonNode read(HttpExchange exchange, byte[] bytes) {
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        try {
            return bytes.length == 0 || !type.startsWith("application/json")
                    ? MissingNode.getInstance()
                    : JsonMapper.shared().readTree(bytes);
        } catch (JacksonException notJson) {
            throw Refusals.bad("Invalid json");
        }
    }
}
