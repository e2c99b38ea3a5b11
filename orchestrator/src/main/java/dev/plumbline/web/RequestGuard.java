package dev.plumbline.web;

import dev.plumbline.access.TokenCheck;
import dev.plumbline.access.TokenVerdict;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything: the right Host, no foreign Origin, the token, and the headers that keep a browser from doing
 * anything clever with an answer. Health needs none of it: probes call a server by whatever address they have, and learn
 * only that it runs.
 */
final class RequestGuard extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz");

    private final transient HostRule hosts;
    private final transient TokenCheck tokens;
    private final transient Set<String> ownDoors;
    private final transient ApiJson json = new ApiJson();

    /** @param ownDoors servlet paths behind which the token is checked by the servlet itself */
    RequestGuard(HostRule hosts, TokenCheck tokens, Set<String> ownDoors) {
        this.hosts = hosts;
        this.tokens = tokens;
        this.ownDoors = ownDoors;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        protect(response);
        // The raw path, whole: nothing that only resolves to one of these, by dots or escapes, is open.
        if (OPEN.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        int port = request.getLocalPort();
        if (!hosts.acceptsHost(onlyOne(request, "Host"), port)) {
            refuse(
                    response,
                    421,
                    "This server does not answer to that Host.",
                    "Call it by localhost or 127.0.0.1 and its own port, or set public_url in its configuration.");
        } else if (!originAccepted(request, port)) {
            refuse(response, 403, "A page of another site may not call this server.", "Open it from its own address.");
        } else if (ownDoors.contains(request.getServletPath())) {
            chain.doFilter(request, response);
        } else {
            letIn(request, response, chain);
        }
    }

    private void letIn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<TokenVerdict> verdict = Optional.ofNullable(onlyOne(request, "Authorization"))
                .map(Credentials::tokenIn)
                .map(tokens::check);
        if (verdict.isPresent() && verdict.get() instanceof TokenVerdict.Held held) {
            Requester.remember(request, held.holder());
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("WWW-Authenticate", "Bearer realm=\"plumbline\"");
        if (verdict.isPresent() && verdict.get() instanceof TokenVerdict.TurnedAway turned) {
            refuse(response, 401, turned.error(), turned.next());
        } else {
            refuse(
                    response,
                    401,
                    "An access token is needed.",
                    "Send 'Authorization: Bearer TOKEN'; the owner's stands in the home folder of the server.");
        }
    }

    private boolean originAccepted(HttpServletRequest request, int port) {
        return Collections.list(request.getHeaders("Origin")).stream()
                .allMatch(origin -> hosts.acceptsOrigin(origin, port));
    }

    private static @Nullable String onlyOne(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        return values.size() == 1 ? values.get(0) : null;
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    private void refuse(HttpServletResponse response, int status, String error, String next) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(json.write(new Views.Problem(error, next)));
    }
}
