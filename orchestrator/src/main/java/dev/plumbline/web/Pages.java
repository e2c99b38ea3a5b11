package dev.plumbline.web;

import io.javalin.config.RoutesConfig;

/** What people see in a browser, as far as the rest of the server knows it. */
public interface Pages {

    /** Adds the routes of pages and of what they load; each names the role it asks for. */
    void addTo(RoutesConfig routes);

    /** Whether a request's raw path leads to what anybody may see: the way in, and style and script. */
    boolean open(String rawPath);

    /** A page that tells what is wrong and what to do about it; it may be shown to anybody. */
    String error(int status, Views.Problem problem);
}
