package dev.plumbline.web.page;

import dev.plumbline.access.LogIns;
import dev.plumbline.access.TokenVerdict;
import dev.plumbline.web.Needs;
import dev.plumbline.web.Operations;
import dev.plumbline.web.Requester;
import dev.plumbline.web.SessionCookie;
import dev.plumbline.web.Shield;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in and out. */
final class LoginRoutes {
    /** An address of this server: one slash, since two would name another one. */
    private static final Pattern OWN_ADDRESS = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e]*");

    private final Operations operations;
    private final LogIns logIns;
    private final Templates templates;
    private final Shells shells;

    /** Makes what stands around a page. */
    interface Shells {
        Shell of(Context context, String title, String section);
    }

    LoginRoutes(Operations operations, LogIns logIns, Templates templates, Shells shells) {
        this.operations = operations;
        this.logIns = logIns;
        this.templates = templates;
        this.shells = shells;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/login", context -> ask(context, context.queryParam("next"), ""), Requester.Open.DOOR);
        routes.post("/login", this::byToken, Requester.Open.DOOR);
        routes.get("/login/{code}", this::welcome, Requester.Open.DOOR);
        routes.post("/login/{code}", this::byLink, Requester.Open.DOOR);
        routes.post("/logout", this::leave, Needs.READ);
    }

    private void ask(Context context, @Nullable String next, String refused) {
        LoginPage page = new LoginPage(shells.of(context, "Log in", ""), ownAddress(next), refused);
        Shield.page(context, templates.fill("login", page));
    }

    private void byToken(Context context) {
        String next = ownAddress(context.formParam("next"));
        String token = Forms.field(context, "token").strip();
        if (logIns.tokens().check(token) instanceof TokenVerdict.TurnedAway turned) {
            context.status(HttpStatus.UNAUTHORIZED);
            ask(context, next, turned.error() + " " + turned.next());
            return;
        }
        logIns.sessions().open(token).ifPresent(secret -> SessionCookie.set(context, secret, secure()));
        context.redirect(next, HttpStatus.SEE_OTHER);
    }

    /** Only says whom a link logs in: chat programs and browsers look links up before a person clicks. */
    private void welcome(Context context) {
        String code = context.pathParam("code");
        Optional<TokenVerdict> verdict = logIns.links().find(code).map(logIns.tokens()::check);
        if (verdict.isPresent() && verdict.get() instanceof TokenVerdict.Held held) {
            WelcomePage page = new WelcomePage(shells.of(context, "Welcome", ""), held.holder(), code);
            Shield.page(context, templates.fill("welcome", page));
        } else {
            stale(context);
        }
    }

    private void byLink(Context context) {
        Optional<String> secret =
                logIns.links().redeem(context.pathParam("code")).flatMap(logIns.sessions()::open);
        if (secret.isEmpty()) {
            stale(context);
            return;
        }
        SessionCookie.set(context, secret.get(), secure());
        context.redirect("/", HttpStatus.SEE_OTHER);
    }

    private void stale(Context context) {
        context.status(HttpStatus.FORBIDDEN);
        ask(context, "/", "This link was used already, or is older than 10 minutes. A fresh one: plumbline login");
    }

    private void leave(Context context) {
        Forms.check(context);
        SessionCookie.in(context.req()).ifPresent(logIns.sessions()::end);
        SessionCookie.clear(context, secure());
        context.redirect("/login", HttpStatus.SEE_OTHER);
    }

    private boolean secure() {
        return "https".equals(operations.url().getScheme());
    }

    static String ownAddress(@Nullable String wanted) {
        String next = Objects.requireNonNullElse(wanted, "/");
        return OWN_ADDRESS.matcher(next).matches() && !next.startsWith("/log") ? next : "/";
    }
}
