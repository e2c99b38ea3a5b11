package dev.plumbline.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers in our JSON, or with a page, what never reaches a route, such as a malformed request; Jetty's own page would show the inside. */
final class JettyErrors extends ErrorHandler {
    private final ApiJson json = new ApiJson();
    private final Pages pages;

    JettyErrors(Pages pages) {
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Shield.HEADERS.forEach(response.getHeaders()::put);
        // An address that can't be read ends the reading of the request: what it would have accepted is never known
        // then.
        boolean unread = request.getHeaders().size() == 0;
        String path = request.getHttpURI().getPath();
        boolean page = Shield.wantsPage(
                path, unread ? "text/html" : request.getHeaders().get(HttpHeader.ACCEPT));
        if (page) {
            Shield.PAGE.forEach(response.getHeaders()::put);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, page ? "text/html;charset=utf-8" : "application/json");
        byte[] body = page
                ? pages.error(status, problem(status)).getBytes(StandardCharsets.UTF_8)
                : json.write(problem(status));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    static Views.Problem problem(int status) {
        return switch (status) {
            case 404 ->
                new Views.Problem("There is nothing at that address.", "Pages begin at /, and the API at /api/v1.");
            case 405 -> new Views.Problem("That address does not take this method.", "Read with GET; act with POST.");
            case 414 -> new Views.Problem("The address is too long.", "Ask for one thing at a time.");
            case 431 -> new Views.Problem("The request's headers are too large.", "Send fewer and shorter ones.");
            case 505 -> new Views.Problem("That version of HTTP is not spoken here.", "Speak HTTP/1.1.");
            case 503 ->
                new Views.Problem(
                        "The server is busy: too many requests and pushes are open.", "Try again in a moment.");
            case 413 -> new Views.Problem("The request is too large.", "Send less.");
            case 500 -> new Views.Problem("The server failed at this.", "The reason stands in the server's log.");
            default ->
                new Views.Problem(
                        status < 500 ? "The request can't be understood." : "The server can't answer this now.",
                        status < 500 ? "Check its address and headers." : "Try again; the server's log says more.");
        };
    }
}
