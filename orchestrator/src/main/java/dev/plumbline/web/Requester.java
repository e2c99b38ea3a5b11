package dev.plumbline.web;

import dev.plumbline.access.Principal;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Who sent a request: {@link RequestGuard} finds it out and writes it down, routes read it here. */
final class Requester {
    private static final String ATTRIBUTE = Requester.class.getName();

    private Requester() {}

    static void remember(HttpServletRequest request, Principal principal) {
        request.setAttribute(ATTRIBUTE, principal);
    }

    static Principal of(Context context) {
        if (context.req().getAttribute(ATTRIBUTE) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException(context.path() + " was reached past the guard");
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
    enum Open implements RouteRole {
        DOOR
    }
}
