package dev.plumbline.web;

import dev.plumbline.access.LoginLinks;
import dev.plumbline.git.CommitSha;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of {@code /api/v1} and of health, one line each, and what becomes of errors. */
final class ApiRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);
    private static final String BASE = "/api/v1";
    private static final int DEFAULT_LISTED = 50;
    private static final int MAX_LISTED = 1000;
    private static final Map<String, Views.Action> ACTIONS = Map.of(
            "approve", Views.Action.APPROVE,
            "apply", Views.Action.APPLY,
            "cancel", Views.Action.CANCEL,
            "retry", Views.Action.RETRY,
            "revert", Views.Action.REVERT,
            "drift/check", Views.Action.DRIFT_CHECK,
            "fetch", Views.Action.FETCH);

    private final Operations operations;
    private final LoginLinks links;
    private final Pages pages;
    private final Health health;
    private final ApiJson json = new ApiJson();
    private final RequestReader reader = new RequestReader(json);

    ApiRoutes(Operations operations, LoginLinks links, Pages pages, Health health) {
        this.operations = operations;
        this.links = links;
        this.pages = pages;
        this.health = health;
    }

    void addTo(RoutesConfig routes) {
        routes.beforeMatched(Requester::check);
        routes.get("/healthz", context -> context.result("ok\n"), Requester.Open.DOOR);
        routes.get("/readyz", this::ready, Requester.Open.DOOR);
        routes.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(health.metrics()),
                Needs.READ);
        routes.get(BASE + "/status", context -> answer(context, operations.status()), Needs.READ);
        routes.get(BASE + "/stacks", context -> answer(context, operations.stacks()), Needs.READ);
        routes.get(BASE + "/changes", this::changes, Needs.READ);
        routes.get(BASE + "/changes/{number}", this::change, Needs.READ);
        routes.get(BASE + "/commits/{sha}", this::commit, Needs.READ);
        routes.get(BASE + "/runs", this::runs, Needs.READ);
        routes.get(BASE + "/runs/{number}", this::run, Needs.READ);
        routes.get(BASE + "/runs/{number}/log", this::log, Needs.READ);
        routes.get(BASE + "/history", this::history, Needs.READ);
        routes.get(BASE + "/applies", this::applies, Needs.READ);
        routes.get(
                BASE + "/why",
                context -> answer(context, operations.why(reader.required(context, "stack"))),
                Needs.READ);
        routes.get(
                BASE + "/outcomes",
                context -> answer(context, operations.outcomes(context.queryParams("handle"))),
                Needs.READ);
        routes.get(
                BASE + "/openapi.yaml",
                context -> context.contentType("application/yaml").result(ApiDocument.yaml()),
                Needs.READ);
        new TokenRoutes(operations, json, reader).addTo(routes, BASE);
        new StateRoutes(operations.states(), json, reader).addTo(routes, BASE);
        ACTIONS.forEach((path, action) ->
                routes.post(BASE + "/" + path, context -> act(context, action), new Needs(action.leastRole())));
        routes.post(BASE + "/login-links", this::loginLink, Needs.READ);
        routes.exception(BadRequestException.class, (e, context) -> refuse(context, e.status(), e.problem()));
        routes.exception(NoSuchSubjectException.class, (e, context) -> refuse(context, 404, unknown(e)));
        routes.exception(
                RefusedException.class,
                (e, context) -> refuse(context, 409, new Views.Problem(String.valueOf(e.getMessage()), e.next())));
        routes.exception(HttpResponseException.class, this::refused);
        routes.exception(Exception.class, this::failed);
    }

    private void ready(Context context) {
        boolean ready = health.trouble().isEmpty();
        String why = trouble(context).map(reason -> ": " + reason).orElse("");
        context.status(ready ? 200 : 503).result(ready ? "ready\n" : "not ready" + why + "\n");
    }

    /** Why the server can't work now, such as a full disk. It names folders of this machine: only for those it knows. */
    private Optional<String> trouble(Context context) {
        return Requester.find(context).isPresent() ? health.trouble() : Optional.empty();
    }

    private void changes(Context context) {
        String name = context.queryParam("name");
        answer(
                context,
                name == null
                        ? operations.changes(reader.flag(context, "all"), limit(context))
                        : List.of(operations.change(name)));
    }

    private void change(Context context) {
        long number = reader.number(context, "number", "#");
        found(context, operations.change(number), "There is no change #" + number + ".", "plumbline changes --all");
    }

    /** 202 where it can't be told yet, so that a pipeline needs to look at the status only. */
    private void commit(Context context) {
        CommitSha commit = reader.commit(context, "sha");
        String repository = reader.required(context, "repository");
        reader.required(context, "pull");
        Views.CommitCheck check =
                operations.commit(commit, repository, reader.number(context, "pull", 1, 1, Long.MAX_VALUE));
        context.status(check.verdict().equals(Views.CommitCheck.WAITING) ? 202 : 200);
        answer(context, check);
    }

    private void runs(Context context) {
        answer(context, operations.runs(context.queryParam("stack"), limit(context)));
    }

    private void history(Context context) {
        answer(context, operations.history(context.queryParam("stack"), limit(context), before(context)));
    }

    private void applies(Context context) {
        answer(context, operations.applies(context.queryParam("stack"), limit(context), before(context)));
    }

    private long before(Context context) {
        return reader.number(context, "before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
    }

    private int limit(Context context) {
        return (int) reader.number(context, "limit", DEFAULT_LISTED, 1, MAX_LISTED);
    }

    private void run(Context context) {
        long number = reader.number(context, "number", "r");
        found(context, operations.run(number), "There is no run r" + number + ".", "plumbline runs");
    }

    private void log(Context context) {
        long number = reader.number(context, "number", "r");
        long offset = reader.number(context, "offset", 0, 0, Long.MAX_VALUE);
        found(context, operations.log(number, offset), "There is no run r" + number + ".", "plumbline runs");
    }

    private void act(Context context, Views.Action action) {
        Views.Ask ask = reader.ask(context);
        Views.Targets targets = new Views.Targets(List.copyOf(Objects.requireNonNull(ask.names())), ask.all());
        answer(context, operations.act(action, targets, Requester.of(context)));
    }

    /** Logs a browser in as whoever asks. */
    private void loginLink(Context context) {
        LoginLinks.Link link = links.issue(Requester.tokenOf(context));
        answer(context, new Views.LoginLink(operations.url() + link.path(), link.until()));
    }

    private void found(Context context, Optional<?> value, String error, String list) {
        value.ifPresentOrElse(
                there -> answer(context, there),
                () -> refuse(context, 404, new Views.Problem(error, "See '" + list + "' for those there are.")));
    }

    private void answer(Context context, Object value) {
        context.contentType("application/json").result(json.write(value));
    }

    private void refuse(Context context, int status, Views.Problem problem) {
        context.status(status);
        if (Shield.wantsPage(context.req())) {
            Shield.page(context, pages.error(status, problem));
        } else {
            answer(context, problem);
        }
    }

    private void refused(HttpResponseException e, Context context) {
        refuse(context, e.getStatus(), JettyErrors.problem(e.getStatus()));
    }

    private void failed(Exception e, Context context) {
        LOG.error("{} {} failed", context.method(), context.path(), e);
        trouble(context)
                .ifPresentOrElse(
                        why -> refuse(context, 503, new Views.Problem("The server can't do this now.", why)),
                        () -> refuse(context, 500, JettyErrors.problem(500)));
    }

    private static Views.Problem unknown(NoSuchSubjectException e) {
        return new Views.Problem(
                String.valueOf(e.getMessage()), "See 'plumbline status' for the stacks and changes there are.");
    }
}
