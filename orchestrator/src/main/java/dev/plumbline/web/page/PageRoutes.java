package dev.plumbline.web.page;

import dev.plumbline.access.LogIns;
import dev.plumbline.access.Sessions.SignedIn;
import dev.plumbline.access.TokenVerdict;
import dev.plumbline.web.Needs;
import dev.plumbline.web.Operations;
import dev.plumbline.web.Pages;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Requester;
import dev.plumbline.web.SessionCookie;
import dev.plumbline.web.Shield;
import dev.plumbline.web.Views;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The routes of all pages. */
public final class PageRoutes implements Pages {
    private static final Pattern OPEN =
            Pattern.compile("/login|/login/[A-Za-z0-9_-]+|/assets/[a-z0-9]+/[a-z][a-z.-]*|/favicon\\.ico");

    private final Operations operations;
    private final LogIns logIns;
    private final Live live;
    private final RelativeTime times;
    private final Templates templates = new Templates();
    private final Assets assets = new Assets();
    private final BadgeRoutes badges;

    /** @param openBadges whether stacks' badges are answered to everybody */
    public PageRoutes(Operations operations, LogIns logIns, Live live, boolean openBadges, Clock clock) {
        this.operations = operations;
        this.logIns = logIns;
        this.live = live;
        this.badges = new BadgeRoutes(operations, openBadges);
        this.times = new RelativeTime(clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/", this::stacks, Needs.READ);
        new SubjectRoutes(operations, templates, this::shell).addTo(routes);
        new ActRoutes(operations, templates, this::shell).addTo(routes);
        routes.sse("/events", this::events, Needs.READ);
        routes.get(Assets.ROUTE, assets::answer, Requester.Open.DOOR);
        routes.get("/favicon.ico", context -> context.redirect(assets.base() + "plumbline.svg"), Requester.Open.DOOR);
        badges.addTo(routes);
        new LoginRoutes(operations, logIns, templates, this::shell).addTo(routes);
    }

    @Override
    public boolean open(String rawPath) {
        return OPEN.matcher(rawPath).matches() || badges.open(rawPath);
    }

    @Override
    public String error(int status, Views.Problem problem) {
        Shell shell = new Shell(problem.error(), "", null, "", assets.base(), "", times);
        return templates.fill("error", new ErrorPage(shell, status, problem));
    }

    private void stacks(Context context) {
        StackSearch search = new StackSearch(
                parameter(context, "q"), parameter(context, "state"), PageNumber.of(parameter(context, "page")));
        Shell shell = shell(context, "Stacks", "stacks");
        show(context, "stacks", StacksPage.of(shell, search, operations.stacks(), operations.url() + "/git/main.git"));
    }

    private void events(SseClient client) {
        Optional<String> cookie = SessionCookie.in(client.ctx().req());
        String token = Requester.tokenOf(client.ctx());
        BooleanSupplier welcome = () -> cookie.isPresent()
                ? logIns.sessions().find(cookie.get()).isPresent()
                : logIns.tokens().check(token) instanceof TokenVerdict.Held;
        live.open(client, welcome);
    }

    private void show(Context context, String template, Object page) {
        Shield.page(context, templates.fill(template, page));
    }

    private Shell shell(Context context, String title, String section) {
        String query = context.queryString();
        return new Shell(
                title,
                section,
                Requester.find(context).orElse(null),
                Requester.session(context).map(SignedIn::formKey).orElse(""),
                assets.base(),
                context.path() + (query == null ? "" : "?" + query),
                times);
    }

    private static String parameter(Context context, String name) {
        return Objects.requireNonNullElse(context.queryParam(name), "");
    }
}
