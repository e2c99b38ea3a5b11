package dev.plumbline.web;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Sessions.SignedIn;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Who sent a request: {@link RequestGuard} finds it out and writes it down, routes read it here. */
public final class Requester {
    private static final String ATTRIBUTE = Requester.class.getName();
    private static final String TOKEN = ATTRIBUTE + ".token";
    private static final String SESSION = ATTRIBUTE + ".session";

    private Requester() {}

    static void remember(HttpServletRequest request, Principal principal, String token) {
        request.setAttribute(ATTRIBUTE, principal);
        request.setAttribute(TOKEN, token);
    }

    static void remember(HttpServletRequest request, SignedIn session) {
        remember(request, session.principal(), session.token());
        request.setAttribute(SESSION, session);
    }

    static boolean known(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    /** The token they sent, or logged in with. */
    public static String tokenOf(Context context) {
        if (context.req().getAttribute(TOKEN) instanceof String token) {
            return token;
        }
        throw new IllegalStateException(context.path() + " was reached past the guard");
    }

    /** Their browser's session; empty where they sent a token, or are nobody we know. */
    public static Optional<SignedIn> session(Context context) {
        return context.req().getAttribute(SESSION) instanceof SignedIn session
                ? Optional.of(session)
                : Optional.empty();
    }

    /** Who sent a request; empty where nobody we know. */
    public static Optional<Principal> find(Context context) {
        return context.req().getAttribute(ATTRIBUTE) instanceof Principal principal
                ? Optional.of(principal)
                : Optional.empty();
    }

    /** Who sent a request to a route that asks for a role. */
    public static Principal of(Context context) {
        return find(context)
                .orElseThrow(() -> new IllegalStateException(context.path() + " was reached past the guard"));
    }

    /** Turns away whoever lacks the role that the matched route names; a route that names none is shut. */
    static void check(Context context) {
        Set<RouteRole> asked = context.routeRoles();
        if (asked.contains(Open.DOOR)) {
            return;
        }
        Principal principal = of(context);
        for (RouteRole each : asked) {
            if (each instanceof Needs needs && !principal.may(needs.role())) {
                throw new BadRequestException(
                        403, principal.lacks(needs.role()), needs.role().remedy());
            }
        }
        if (asked.stream().noneMatch(Needs.class::isInstance)) {
            throw new IllegalStateException(context.path() + " names no role, so nobody may call it");
        }
    }

    /** Marks a route that asks for nobody. */
    public enum Open implements RouteRole {
        DOOR
    }
}
