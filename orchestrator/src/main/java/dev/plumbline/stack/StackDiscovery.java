package dev.plumbline.stack;

import dev.plumbline.config.Glob;
import dev.plumbline.hcl.ModuleCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which folders are stacks: those with Terraform files that a glob names, or all of them without globs. A folder that
 * another one calls as a module is none, unless it has a stack.yaml or a backend block of its own.
 */
final class StackDiscovery {
    private final TreeIndex index;
    private final FolderCodes codes;

    StackDiscovery(TreeIndex index, FolderCodes codes) {
        this.index = index;
        this.codes = codes;
    }

    /** Folders as paths of the tree, the empty string for its root. */
    SortedSet<String> folders(List<Glob> globs) {
        SortedSet<String> candidates = new TreeSet<>();
        for (String folder : index.terraformFolders().keySet()) {
            if (!Paths.hidden(folder) && named(folder, globs)) {
                candidates.add(folder);
            }
        }
        Set<String> called = calledFrom(candidates);
        candidates.removeIf(folder -> called.contains(folder) && !standsAlone(folder));
        return candidates;
    }

    static boolean named(String folder, List<Glob> globs) {
        String shown = folder.isEmpty() ? "." : folder;
        return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(shown) || glob.matches(folder + "/"));
    }

    private boolean standsAlone(String folder) {
        return index.find(Paths.join(folder, "stack.yaml")).isPresent()
                || codes.of(folder).code().backend().isPresent();
    }

    private Set<String> calledFrom(Set<String> callers) {
        Set<String> called = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(callers);
        Set<String> seen = new HashSet<>(callers);
        while (!open.isEmpty()) {
            String caller = open.remove();
            for (ModuleCall call : codes.of(caller).localModules()) {
                Paths.resolve(caller, call.source())
                        .filter(target -> !target.equals(caller))
                        .filter(index::holdsTerraform)
                        .ifPresent(target -> {
                            called.add(target);
                            if (seen.add(target)) {
                                open.add(target);
                            }
                        });
            }
        }
        return called;
    }
}
