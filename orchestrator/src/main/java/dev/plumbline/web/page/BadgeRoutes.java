package dev.plumbline.web.page;

import dev.plumbline.web.Needs;
import dev.plumbline.web.Operations;
import dev.plumbline.web.Requester;
import dev.plumbline.web.Views;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stacks' badges: {@code /badge/REPOSITORY/FOLDER.svg}, both whole and with their slashes; {@code /badge/REPOSITORY.svg} for a stack
 * at a repository's root. A README is read by people who have no token here, so whoever runs the server decides whether everybody
 * may see them.
 */
final class BadgeRoutes {
    /** An address as its sender wrote it; no segment leads elsewhere, by dots or by slashes in disguise. */
    private static final Pattern ADDRESS = Pattern.compile(
            "/badge(/(?!\\.{1,2}/)([A-Za-z0-9._~!$&'()*+,=:@-]|%(?!2[eEfF])[0-9A-Fa-f]{2})+)+(?<=\\.svg)");

    private static final String ENDING = ".svg";
    private static final int SECONDS_KEPT = 60;

    private final Operations operations;
    private final boolean open;

    /** @param open whether everybody may see badges; else whoever may look at pages */
    BadgeRoutes(Operations operations, boolean open) {
        this.operations = operations;
        this.open = open;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/badge/<address>", this::answer, open ? Requester.Open.DOOR : Needs.READ);
    }

    /** Whether that path, as it was sent, is a badge that everybody may see. */
    boolean open(String rawPath) {
        return open && ADDRESS.matcher(rawPath).matches();
    }

    private void answer(Context context) {
        // What is like it is not named: a badge tells of its own stack only.
        String svg = stack(context.pathParam("address"))
                .map(stack -> Badge.of(stack).svg())
                .orElseThrow(NotFoundResponse::new);
        String tag = "\"" + UUID.nameUUIDFromBytes(svg.getBytes(StandardCharsets.UTF_8)) + "\"";
        context.header("ETag", tag)
                .header("Cache-Control", (open ? "public" : "private") + ", max-age=" + SECONDS_KEPT);
        if (open) {
            context.header("Cross-Origin-Resource-Policy", "cross-origin");
        }
        if (known(context.header("If-None-Match"), tag)) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else {
            context.contentType("image/svg+xml;charset=utf-8").result(svg);
        }
    }

    /** Of two that would have the same address, since a repository's name ends where the other's folder begins, neither has it. */
    private Optional<Views.Stack> stack(String address) {
        List<Views.Stack> meant = operations.stacks().stream()
                .filter(stack -> address(stack).equals(address))
                .toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    private static String address(Views.Stack stack) {
        return stack.repository() + (stack.folder().equals(".") ? "" : "/" + stack.folder()) + ENDING;
    }

    /** Whether whoever asks has it already; caches on the way may have called it weak. */
    private static boolean known(@Nullable String tags, String tag) {
        return tags != null
                && Arrays.stream(tags.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(tag) || each.equals("*"));
    }
}
