package dev.plumbline.cli.init;

import dev.plumbline.config.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Chooses few globs that name the wanted folders and none of the unwanted ones. */
final class StackGlobs {
    private final SortedSet<String> wanted;
    private final SortedSet<String> unwanted;

    /** @param wanted and {@code unwanted}: folders as paths of the tree, the empty string for its root */
    StackGlobs(SortedSet<String> wanted, SortedSet<String> unwanted) {
        this.wanted = wanted;
        this.unwanted = unwanted;
    }

    List<String> choose() {
        List<String> globs = new ArrayList<>();
        if (wanted.contains("")) {
            globs.add(".");
        }
        for (String top : children("")) {
            below(top, globs);
        }
        return merged(globs);
    }

    private void below(String folder, List<String> globs) {
        boolean deeper = wanted.stream().anyMatch(path -> path.startsWith(folder + "/"));
        if (!deeper) {
            globs.add(escaped(folder));
        } else if (unwanted.stream().noneMatch(path -> path.equals(folder) || path.startsWith(folder + "/"))) {
            globs.add(escaped(folder) + "/**");
        } else {
            if (wanted.contains(folder)) {
                globs.add(escaped(folder));
            }
            children(folder).forEach(child -> below(child, globs));
        }
    }

    /** Folders directly below one that are wanted or hold wanted ones. */
    private SortedSet<String> children(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        SortedSet<String> children = new TreeSet<>();
        for (String path : wanted) {
            if (!path.isEmpty() && path.startsWith(prefix)) {
                int slash = path.indexOf('/', prefix.length());
                children.add(slash < 0 ? path : path.substring(0, slash));
            }
        }
        return children;
    }

    /** Globs that differ in one name below the first become one, where that names nothing unwanted. */
    private List<String> merged(List<String> globs) {
        List<String> current = globs;
        for (int place = 1; place < 6; place++) {
            Map<String, List<String>> alike = new LinkedHashMap<>();
            for (String glob : current) {
                alike.computeIfAbsent(wider(glob, place), unused -> new ArrayList<>())
                        .add(glob);
            }
            List<String> next = new ArrayList<>();
            alike.forEach((wide, narrow) -> {
                if (narrow.size() > 1 && harmless(wide)) {
                    next.add(wide);
                } else {
                    next.addAll(narrow);
                }
            });
            current = next;
        }
        return current;
    }

    private static String wider(String glob, int place) {
        String[] names = glob.split("/");
        if (names.length > place && !names[place].equals("**")) {
            names[place] = "*";
        }
        return String.join("/", names);
    }

    private boolean harmless(String text) {
        Glob glob = Glob.parse(text);
        return unwanted.stream().noneMatch(path -> glob.matches(path) || glob.matches(path + "/"));
    }

    static String escaped(String folder) {
        return folder.replaceAll("([*?\\[{}])", "[$1]");
    }

    /** Paths as globs take them: the root is a dot. */
    static List<String> named(Collection<String> folders) {
        return folders.stream()
                .map(folder -> folder.isEmpty() ? "." : escaped(folder))
                .toList();
    }
}
