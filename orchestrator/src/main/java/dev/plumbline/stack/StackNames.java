package dev.plumbline.stack;

import dev.plumbline.config.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stack that people mean: by {@code repository:folder}, folder, unique last folder, or the name of its
 * stack.yaml. A whole folder goes before a last one and before a name.
 */
public final class StackNames {
    private final List<Named> stacks;
    /** Whether they stand in more than one repository. */
    private final boolean several;

    /** Made once something is sought: listings of thousands of stacks only print. */
    private @Nullable Index index;

    /** @param name the {@code name:} of its stack.yaml */
    public record Named(StackId id, Optional<String> name) {}

    /** How a name was understood. */
    public sealed interface Resolution permits Found, Ambiguous, Unknown {}

    /** One stack is meant. */
    public record Found(StackId id) implements Resolution {}

    /** @param candidates as they can be typed instead, sorted */
    public record Ambiguous(String typed, List<String> candidates) implements Resolution {
        public String message() {
            return "'" + typed + "' may be any of " + String.join(", ", candidates) + "; write one of them";
        }
    }

    /** @param nearest what was probably meant */
    public record Unknown(String typed, Optional<String> nearest) implements Resolution {
        public String message() {
            return "no stack is called '" + typed + "'"
                    + nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
        }
    }

    public StackNames(Collection<Named> stacks) {
        this.stacks = List.copyOf(stacks);
        this.several = stacks.stream()
                        .map(stack -> stack.id().repository())
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    /** The names of a catalog's stacks, or of several repositories' stacks together. */
    public static StackNames of(Collection<Stack> stacks) {
        return new StackNames(stacks.stream()
                .map(stack -> new Named(stack.id(), stack.config().name()))
                .collect(Collectors.toList()));
    }

    /** @param typed a leading {@code ./} and a trailing slash are forgiven */
    public Resolution resolve(String typed) {
        return index().resolve(typed);
    }

    private synchronized Index index() {
        Index made = index;
        if (made == null) {
            made = new Index();
            index = made;
        }
        return made;
    }

    /** As this id is printed where these stacks are known: its folder; all of them with their repository where there are several. */
    public String printed(StackId id) {
        return several ? id.qualified() : id.folder();
    }

    /** All names by which stacks can be meant. */
    private final class Index {
        private final Map<String, SortedSet<StackId>> byId = new HashMap<>();
        private final Map<String, SortedSet<StackId>> byShortName = new HashMap<>();

        Index() {
            for (Named stack : stacks) {
                StackId id = stack.id();
                add(byId, id.folder(), id);
                add(byId, id.qualified(), id);
                String last = id.folder().substring(id.folder().lastIndexOf('/') + 1);
                add(byShortName, last, id);
                add(byShortName, id.repository() + ":" + last, id);
                stack.name().ifPresent(name -> {
                    add(byShortName, name, id);
                    add(byShortName, id.repository() + ":" + name, id);
                });
            }
        }

        Resolution resolve(String typed) {
            SortedSet<StackId> exactly = byId.getOrDefault(typed, new TreeSet<>());
            if (exactly.size() == 1) {
                return new Found(exactly.first());
            }
            String name = typed.strip().replaceFirst("^(\\./)+", "").replaceFirst("(?<=.)/+$", "");
            SortedSet<StackId> found = byId.getOrDefault(name, byShortName.getOrDefault(name, new TreeSet<>()));
            if (found.size() == 1) {
                return new Found(found.first());
            }
            if (found.isEmpty()) {
                return new Unknown(typed, nearest(name));
            }
            return new Ambiguous(
                    typed, found.stream().map(StackNames.this::printed).collect(Collectors.toList()));
        }

        private Optional<String> nearest(String name) {
            List<String> known = new ArrayList<>(new TreeSet<>(byShortName.keySet()));
            known.removeIf(each -> each.indexOf(':') >= 0 && name.indexOf(':') < 0);
            Optional<String> folder = Nearest.to(name, new TreeSet<>(foldersOnly(name)));
            return folder.or(() -> Nearest.to(name, known));
        }

        private Set<String> foldersOnly(String name) {
            return byId.keySet().stream()
                    .filter(each -> name.indexOf(':') >= 0 || each.indexOf(':') < 0)
                    .collect(Collectors.toSet());
        }
    }

    private static void add(Map<String, SortedSet<StackId>> map, String name, StackId id) {
        map.computeIfAbsent(name, unused -> new TreeSet<>()).add(id);
    }
}
