package dev.plumbline.web;

import dev.plumbline.access.LogIns;
import dev.plumbline.access.Sessions.SignedIn;
import dev.plumbline.access.TokenVerdict;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything: the right Host, no foreign Origin, the token or a browser's session, and the headers of
 * {@link Shield}. Health needs none of it: probes call a server by whatever address they have, and learn only that it runs.
 */
final class RequestGuard extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** A form that names 1,000 stacks fits. */
    static final int LARGEST_FORM = 1 << 20;
    /** A token and an address to go on to. */
    private static final int LARGEST_FORM_OF_STRANGERS = 64 << 10;

    private final transient HostRule hosts;
    private final transient LogIns logIns;
    private final transient Pages pages;
    private final transient Set<String> ownDoors;
    private final transient ApiJson json = new ApiJson();

    /** @param ownDoors servlet paths behind which the token is checked by the servlet itself */
    RequestGuard(HostRule hosts, LogIns logIns, Pages pages, Set<String> ownDoors) {
        this.hosts = hosts;
        this.logIns = logIns;
        this.pages = pages;
        this.ownDoors = ownDoors;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Shield.HEADERS.forEach(response::setHeader);
        // The raw path, whole: nothing that only resolves to one of these, by dots or escapes, is open.
        if (OPEN.contains(request.getRequestURI())) {
            knowHolder(request);
            chain.doFilter(asGet(request), response);
            return;
        }
        int port = request.getLocalPort();
        if (!hosts.acceptsHost(onlyOne(request, "Host"), port)) {
            refuse(
                    request,
                    response,
                    421,
                    "This server does not answer to that Host.",
                    "Call it by localhost or 127.0.0.1 and its own port, or set public_url in its configuration.");
        } else if (!originAccepted(request, port)) {
            refuse(
                    request,
                    response,
                    403,
                    "A page of another site may not call this server.",
                    "Open it from its own address.");
        } else if (ownDoors.contains(request.getServletPath())) {
            chain.doFilter(request, response);
        } else if (inParts(request)) {
            refuse(
                    request,
                    response,
                    415,
                    "Bodies in parts (multipart) are not taken here.",
                    "Send forms as application/x-www-form-urlencoded, and JSON to the API.");
        } else {
            letIn(request, response, chain);
        }
    }

    private void letIn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<SignedIn> session = session(request);
        if (session.isPresent() && !calledByOwnPage(request)) {
            refuse(
                    request,
                    response,
                    403,
                    "A browser's session counts for this server's own pages only.",
                    "Programs send 'Authorization: Bearer TOKEN' instead of a cookie.");
            return;
        }
        session.ifPresent(signedIn -> Requester.remember(request, signedIn));
        Optional<TokenVerdict> verdict = knowHolder(request);
        if (Requester.known(request) || pages.open(request.getRequestURI())) {
            chain.doFilter(withLimit(asGet(request)), response);
        } else {
            turnAway(request, response, verdict);
        }
    }

    /** Writes down who sent a token, and says what is to be thought of it; empty where none was sent. */
    private Optional<TokenVerdict> knowHolder(HttpServletRequest request) {
        Optional<String> token =
                Optional.ofNullable(onlyOne(request, "Authorization")).map(Credentials::tokenIn);
        Optional<TokenVerdict> verdict = token.map(logIns.tokens()::check);
        if (verdict.isPresent() && verdict.get() instanceof TokenVerdict.Held held) {
            Requester.remember(request, held.holder(), token.get());
        }
        return verdict;
    }

    /**
     * HEAD is GET without the body, which the server itself leaves out. The routes would know neither its role nor its answer: they
     * find no handler for it, and say 200 to everything.
     */
    private static HttpServletRequest asGet(HttpServletRequest request) {
        return !request.getMethod().equals("HEAD")
                ? request
                : new HttpServletRequestWrapper(request) {
                    @Override
                    public String getMethod() {
                        return "GET";
                    }
                };
    }

    /** Nothing here takes uploads, and whoever reads a body in parts keeps all of it, on disk and in memory, before a token is looked at. */
    private static boolean inParts(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Content-Type")).stream()
                .anyMatch(type -> type.toLowerCase(Locale.ROOT).contains("multipart/"));
    }

    /** The API counts for itself what it reads, as a state may be far larger than any form. */
    private static HttpServletRequest withLimit(HttpServletRequest request) {
        return READING.contains(request.getMethod()) || request.getRequestURI().startsWith("/api/")
                ? request
                : new LimitedBody(request, Requester.known(request) ? LARGEST_FORM : LARGEST_FORM_OF_STRANGERS);
    }

    /** Whoever sends a token means that token; a cookie counts only without one. */
    private Optional<SignedIn> session(HttpServletRequest request) {
        return request.getHeader("Authorization") != null
                ? Optional.empty()
                : SessionCookie.in(request)
                        .flatMap(byItself(request) ? logIns.sessions()::find : logIns.sessions()::use);
    }

    /** Whether an open page asks, rather than its reader: to be told what changes, or for what did. */
    private static boolean byItself(HttpServletRequest request) {
        return request.getRequestURI().equals("/events") || request.getHeader("X-By-Itself") != null;
    }

    /**
     * Browsers send a cookie also for pages of other servers on this machine: SameSite ignores ports. So whatever acts, and the
     * whole API, asks that the browser itself says where the request comes from. The key in a page's form is checked where the
     * form is read. No page acts by the API, so no session does either.
     */
    private static boolean calledByOwnPage(HttpServletRequest request) {
        boolean reads = READING.contains(request.getMethod());
        boolean api = request.getRequestURI().startsWith("/api/");
        if (reads && !api) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        // Where the browser doesn't say, an Origin does; that it is our own was checked before.
        boolean own = site == null
                ? request.getHeader("Origin") != null
                : site.equals("same-origin") || (reads && site.equals("none"));
        return own && (reads || !api);
    }

    private void turnAway(HttpServletRequest request, HttpServletResponse response, Optional<TokenVerdict> verdict)
            throws IOException {
        if (READING.contains(request.getMethod()) && Shield.wantsPage(request)) {
            response.setHeader("Location", logIn(request));
            response.setStatus(302);
            return;
        }
        if (request.getHeader("HX-Request") != null) {
            // A page that is open in a browser whose session has ended: it goes to the way in by itself.
            response.setHeader("HX-Redirect", "/login");
        }
        response.setHeader("WWW-Authenticate", "Bearer realm=\"plumbline\"");
        if (verdict.isPresent() && verdict.get() instanceof TokenVerdict.TurnedAway turned) {
            refuse(request, response, 401, turned.error(), turned.next());
        } else {
            refuse(
                    request,
                    response,
                    401,
                    "An access token is needed.",
                    "Send 'Authorization: Bearer TOKEN'; the owner's stands in the home folder of the server.");
        }
    }

    private static String logIn(HttpServletRequest request) {
        String query = request.getQueryString();
        String wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
        return wanted.equals("/") ? "/login" : "/login?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    private boolean originAccepted(HttpServletRequest request, int port) {
        return Collections.list(request.getHeaders("Origin")).stream()
                .allMatch(origin -> hosts.acceptsOrigin(origin, port));
    }

    private static @Nullable String onlyOne(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        return values.size() == 1 ? values.get(0) : null;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String error, String next)
            throws IOException {
        Views.Problem problem = new Views.Problem(error, next);
        response.setStatus(status);
        if (Shield.wantsPage(request)) {
            Shield.PAGE.forEach(response::setHeader);
            response.setContentType("text/html;charset=utf-8");
            response.getOutputStream().write(pages.error(status, problem).getBytes(StandardCharsets.UTF_8));
        } else {
            response.setContentType("application/json");
            response.getOutputStream().write(json.write(problem));
        }
    }
}
