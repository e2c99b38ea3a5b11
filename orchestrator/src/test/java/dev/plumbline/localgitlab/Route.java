package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One operation.
 *
 * @param template with names behind colons, as GitLab's documentation writes them
 * @param takes the names that its query or body may have
 * @param model with which another client reads the answer, or each part of a list
 */
record Route(String method, String template, Set<String> takes, Class<?> model, Function<Call, Reply> handler) {

    /** @param takes names with commas between */
    static Route of(String method, String template, String takes, Class<?> model, Function<Call, Reply> handler) {
        return new Route(method, template, Set.of(takes.split(",")), model, handler);
    }

    /** The values of the template's names, where a path fits it. Paths of projects come in one piece, encoded. */
    Optional<Map<String, String>> match(String calledMethod, String rawPath) {
        String[] wanted = template.split("/", -1);
        String[] called = rawPath.split("/", -1);
        if (!method.equals(calledMethod) || wanted.length != called.length) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            String part = URLDecoder.decode(called[i].replace("+", "%2B"), StandardCharsets.UTF_8);
            if (wanted[i].startsWith(":")) {
                values.put(wanted[i].substring(1), part);
            } else if (!wanted[i].equals(part)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
