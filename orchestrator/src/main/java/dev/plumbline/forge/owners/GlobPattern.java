package dev.plumbline.forge.owners;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A glob over paths: a pattern for each name, and {@code **} for any number of names, also none. */
final class GlobPattern implements PathPattern {
    /** An empty one is {@code **}. */
    private final List<Optional<NamePattern>> parts;

    private final String prefix;

    private GlobPattern(List<Optional<NamePattern>> parts, String prefix) {
        this.parts = List.copyOf(parts);
        this.prefix = prefix;
    }

    /**
     * @param parts what stands between the slashes
     * @param sets whether brackets choose among characters
     */
    static GlobPattern of(List<String> parts, boolean sets) {
        List<Optional<NamePattern>> compiled = new ArrayList<>();
        for (String part : parts) {
            compiled.add(part.equals("**") ? Optional.empty() : Optional.of(NamePattern.parse(part, sets)));
        }
        List<String> plain = parts.stream().takeWhile(NamePattern::isPlain).toList();
        return new GlobPattern(compiled, String.join("/", plain));
    }

    @Override
    public boolean fits(RepositoryPath path, Effort effort) {
        return path.text().startsWith(prefix) && namesFit(path, effort);
    }

    private boolean namesFit(RepositoryPath path, Effort effort) {
        List<String> names = path.names();
        int part = 0;
        int at = 0;
        int deep = -1;
        int mark = 0;
        while (at < names.size()) {
            if (part < parts.size() && parts.get(part).isEmpty()) {
                deep = part++;
                mark = at;
            } else if (part < parts.size() && parts.get(part).orElseThrow().fits(names.get(at), effort)) {
                part++;
                at++;
            } else if (deep >= 0) {
                part = deep + 1;
                at = ++mark;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part).isEmpty()) {
            part++;
        }
        return part == parts.size();
    }
}
