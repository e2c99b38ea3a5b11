package dev.plumbline.stack;

import dev.plumbline.stack.Closure.Part;
import dev.plumbline.stack.Closure.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What differs between two closures of one stack, by path, mode and object id. */
record FileChanges(List<Change> changes) {
    private static final int NAMED = 3;

    /** @param part the file as it is now, or, where it is gone, as it was */
    record Change(Part part, String verb) {
        String path() {
            return part.entry().path();
        }
    }

    static FileChanges between(Closure before, Closure after) {
        List<Change> changes = new ArrayList<>();
        List<Part> old = before.parts();
        List<Part> now = after.parts();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int order = i == old.size()
                    ? 1
                    : j == now.size()
                            ? -1
                            : old.get(i).entry().compareTo(now.get(j).entry());
            if (order < 0) {
                changes.add(new Change(old.get(i++), "removed"));
            } else if (order > 0) {
                changes.add(new Change(now.get(j++), "added"));
            } else {
                if (!old.get(i).entry().equals(now.get(j).entry())) {
                    changes.add(new Change(now.get(j), "changed"));
                }
                i++;
                j++;
            }
        }
        return new FileChanges(changes);
    }

    /** Sentences, the stack's own files first; empty where nothing differs. */
    List<String> reasons(String stackFolder) {
        List<String> reasons = new ArrayList<>(named(of(Via.STACK), "", " in the stack's folder"));
        of(Via.MODULE).stream().map(change -> change.part().owner()).distinct().forEach(module -> {
            List<Change> inside = of(Via.MODULE).stream()
                    .filter(change -> change.part().owner().equals(module))
                    .collect(Collectors.toList());
            String files = inside.get(0).path() + " " + inside.get(0).verb()
                    + (inside.size() == 1 ? "" : " and " + (inside.size() - 1) + " more");
            String shown = module.isEmpty() ? "." : module;
            reasons.add("module " + shown + " changed (" + files.replaceFirst(" changed$", "") + ")");
        });
        reasons.addAll(named(of(Via.VAR_FILE), "variable file ", " among the variable files"));
        reasons.addAll(named(of(Via.READ), "file that it reads, ", " among those it reads"));
        reasons.addAll(named(of(Via.WATCH), "watched file ", " among the watched files"));
        return reasons;
    }

    private List<Change> of(Via via) {
        return changes.stream().filter(change -> change.part().via() == via).collect(Collectors.toList());
    }

    private static List<String> named(List<Change> changes, String what, String where) {
        List<String> sentences = new ArrayList<>();
        int shown = changes.size() > NAMED + 1 ? NAMED : changes.size();
        for (Change change : changes.subList(0, shown)) {
            boolean readFile = what.endsWith(", ");
            sentences.add(what + change.path() + (readFile ? ", " : " ") + change.verb());
        }
        if (shown < changes.size()) {
            sentences.add((changes.size() - shown) + " more files differ" + where);
        }
        return sentences;
    }
}
