package dev.plumbline.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths inside a repository: {@code /} between names, no slash at the ends, the empty string for the root. */
final class Paths {
    private Paths() {}

    /** Follows a relative path from a folder; empty where it leaves the repository or is absolute. */
    static Optional<String> resolve(String folder, String relative) {
        if (relative.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : (folder + "/" + relative.replace('\\', '/')).split("/")) {
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    return Optional.empty();
                }
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return Optional.of(String.join("/", names));
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** Whether a path is a folder itself or stands somewhere below it. */
    static boolean within(String path, String folder) {
        return folder.isEmpty()
                || (path.startsWith(folder)
                        && (path.length() == folder.length() || path.charAt(folder.length()) == '/'));
    }

    /** The folder that a path stands in. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Whether a name of the path starts with a dot, as in {@code .git} and {@code .terraform}. */
    static boolean hidden(String path) {
        return path.startsWith(".") || path.contains("/.");
    }
}
