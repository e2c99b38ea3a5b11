package dev.plumbline.web;

import dev.plumbline.access.Sessions;
import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The cookie that holds a session's secret: out of scripts' reach, and sent to this server's own pages only. */
public final class SessionCookie {
    private SessionCookie() {}

    /** Cookies know no ports, so the name does: two servers on one machine must not log each other out. */
    private static String name(HttpServletRequest request) {
        return "plumbline-" + request.getLocalPort();
    }

    /** The secret a request brings; empty where it brings none, or several, of which one could be planted. */
    public static Optional<String> in(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        List<String> values = Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(name(request)))
                .map(Cookie::getValue)
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** @param secure whether people know this server by an https address */
    public static void set(Context context, String secret, boolean secure) {
        write(context, secret, (int) Sessions.LONGEST.toSeconds(), secure);
    }

    public static void clear(Context context, boolean secure) {
        write(context, "", 0, secure);
    }

    private static void write(Context context, String value, int seconds, boolean secure) {
        Cookie cookie = new Cookie(name(context.req()), value);
        cookie.setPath("/");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", "Strict");
        context.res().addCookie(cookie);
    }
}
