package dev.plumbline.web;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers that keep a browser from doing anything clever with an answer. */
public final class Shield {
    /**
     * What a page has instead. Style, script, pictures and requests from this server only; nothing that stands in the page
     * itself is run. Without any referrer browsers would hide where our own forms come from.
     */
    static final Map<String, String> PAGE = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "same-origin");

    /** What every answer has, unless it says otherwise itself. */
    static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    private Shield() {}

    /** Answers with a page, and lets it have its own style and script. */
    public static void page(Context context, String html) {
        PAGE.forEach(context::header);
        context.html(html);
    }

    /** Whether an answer to that request is best a page: a browser asks, and not for the API. */
    static boolean wantsPage(HttpServletRequest request) {
        return wantsPage(request.getRequestURI(), String.join(",", Collections.list(request.getHeaders("Accept"))));
    }

    static boolean wantsPage(@Nullable String path, @Nullable String accept) {
        boolean program = path != null && (path.startsWith("/api/") || path.startsWith("/git/"));
        return !program && accept != null && accept.contains("text/html");
    }
}
