package dev.plumbline.stack;

import dev.plumbline.stack.Closure.Part;
import dev.plumbline.stack.Closure.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What differs between two closures of one stack, by path, mode and object id. */
record FileChanges(List<Change> changes, Set<String> modulesBefore, Set<String> modulesAfter) {
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
        return changes.isEmpty()
                ? new FileChanges(changes, Set.of(), Set.of())
                : new FileChanges(changes, modules(before), modules(after));
    }

    /** Sentences, the stack's own files first; empty where nothing differs. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>(named(of(Via.STACK), "", "in the stack's folder"));
        of(Via.MODULE).stream()
                .map(change -> change.part().owner())
                .distinct()
                .forEach(module -> reasons.add(module(module)));
        reasons.addAll(named(of(Via.VAR_FILE), "variable file ", "among the variable files"));
        reasons.addAll(named(of(Via.READ), "file read by the code: ", "among those that the code reads"));
        reasons.addAll(named(of(Via.WATCH), "watched file ", "among the watched files"));
        return reasons;
    }

    private String module(String folder) {
        List<Change> inside = of(Via.MODULE).stream()
                .filter(change -> change.part().owner().equals(folder))
                .collect(Collectors.toList());
        String shown = "module " + (folder.isEmpty() ? "." : folder);
        if (!modulesAfter.contains(folder)) {
            return shown + " is no longer used";
        }
        if (!modulesBefore.contains(folder)) {
            return shown + " is used now";
        }
        Change first = inside.get(0);
        return shown + " changed (" + first.path() + (first.verb().equals("changed") ? "" : " " + first.verb())
                + (inside.size() == 1 ? "" : " and " + (inside.size() - 1) + " more") + ")";
    }

    private List<Change> of(Via via) {
        return changes.stream().filter(change -> change.part().via() == via).collect(Collectors.toList());
    }

    private static List<String> named(List<Change> changes, String what, String where) {
        List<String> sentences = new ArrayList<>();
        int shown = changes.size() > NAMED + 1 ? NAMED : changes.size();
        for (Change change : changes.subList(0, shown)) {
            sentences.add(what + change.path() + " " + verb(change));
        }
        if (shown < changes.size()) {
            sentences.add((changes.size() - shown) + " more files differ " + where);
        }
        return sentences;
    }

    /** A file outside the folder may have left or come because the code or the configuration changed, not the file. */
    private static String verb(Change change) {
        if (change.part().via() == Via.STACK || change.verb().equals("changed")) {
            return change.verb();
        }
        return change.verb().equals("added") ? "is read now" : "is no longer read";
    }

    private static Set<String> modules(Closure closure) {
        return closure.parts().stream()
                .filter(part -> part.via() == Via.MODULE)
                .map(Part::owner)
                .collect(Collectors.toUnmodifiableSet());
    }
}
