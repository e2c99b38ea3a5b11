package dev.plumbline.localgithub;

import dev.plumbline.localforge.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One operation: how GitHub describes it, what a token needs for it, and what it does. */
record Route(String method, String template, Grants.Need need, boolean forKeyHolders, Function<Call, Reply> handler) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)\\}");

    static Route of(String method, String template, Grants.Need need, Function<Call, Reply> handler) {
        return new Route(method, template, need, false, handler);
    }

    /** What only people do here; of them nothing more is asked than that they see the repository. */
    static Route forPeople(String method, String template, Function<Call, Reply> handler) {
        return of(method, template, Grants.Need.nothing(), handler);
    }

    /** For an App that shows its key, not for tokens. */
    static Route forKeyHolders(String method, String template, Function<Call, Reply> handler) {
        return new Route(method, template, Grants.Need.nothing(), true, handler);
    }

    /** The values of the template's names, where a path fits it. */
    Optional<Map<String, String>> match(String calledMethod, String path) {
        if (!method.equals(calledMethod)) {
            return Optional.empty();
        }
        Pattern pattern = Pattern.compile(NAME.matcher(template)
                .replaceAll(name -> "(?<" + group(name.group(1)) + ">"
                        // A ref may have slashes in it.
                        + (name.group(1).equals("ref") ? ".+" : "[^/]+") + ")"));
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        NAME.matcher(template)
                .results()
                .map(name -> name.group(1))
                .forEach(name -> values.put(name, matcher.group(group(name))));
        return Optional.of(values);
    }

    private static String group(String name) {
        return name.replace("_", "");
    }
}
