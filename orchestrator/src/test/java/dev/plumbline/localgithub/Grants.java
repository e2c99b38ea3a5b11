package dev.plumbline.localgithub;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a token may be used for: permissions with their levels, as an App or a fine-grained token has them. */
record Grants(Map<String, Level> permissions) {

    /** In rising order. */
    enum Level {
        READ,
        WRITE
    }

    /** What a call needs: one of some permissions, at a level; no permission at all where there are none. */
    record Need(List<String> permissions, Level level) {
        static Need nothing() {
            return new Need(List.of(), Level.READ);
        }

        static Need read(String... permissions) {
            return new Need(List.of(permissions), Level.READ);
        }

        static Need write(String... permissions) {
            return new Need(List.of(permissions), Level.WRITE);
        }

        /** As GitHub names it in {@code X-Accepted-GitHub-Permissions}. */
        String header() {
            String word = level == Level.READ ? "read" : "write";
            return permissions.stream().map(name -> name + "=" + word).collect(Collectors.joining("; "));
        }
    }

    /** Everybody may read what a repository is called. */
    boolean cover(Need need) {
        return need.permissions().isEmpty() || need.permissions().stream().anyMatch(name -> grants(name, need.level()));
    }

    private boolean grants(String name, Level least) {
        Level level = name.equals("metadata") ? Level.READ : permissions.get(name);
        return level != null && level.compareTo(least) >= 0;
    }

    Map<String, String> words() {
        return permissions.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue() == Level.READ ? "read" : "write"));
    }
}
