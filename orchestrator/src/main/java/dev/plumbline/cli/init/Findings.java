package dev.plumbline.cli.init;

import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.hcl.Dialect;
import dev.plumbline.hcl.TerraformCode;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackCatalogReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What Terraform code stands in a repository.
 *
 * @param catalog as it is without any plumbline.yaml
 * @param stacks folders that are taken for stacks, as paths of the tree
 * @param aside folders that could be stacks, but for a name that says modules, examples or tests
 * @param called folders that other folders call as modules
 */
record Findings(StackCatalog catalog, SortedSet<String> stacks, SortedSet<String> aside, SortedSet<String> called) {
    /** How Plumbline calls a repository that nobody named otherwise. */
    static final String REPOSITORY = "main";

    private static final Set<String> ASIDE = Set.of(
            "module",
            "modules",
            "example",
            "examples",
            "test",
            "tests",
            "testdata",
            "fixture",
            "fixtures",
            "template",
            "templates");

    static Findings in(SourceTree tree) {
        SourceTree bare = new Overlay(tree, Map.of("plumbline.yaml", Optional.empty()));
        StackCatalog catalog = read(bare);
        SortedSet<String> stacks = new TreeSet<>();
        SortedSet<String> aside = new TreeSet<>();
        for (Stack stack : catalog.stacks().values()) {
            (setAside(stack) ? aside : stacks).add(stack.id().path());
        }
        if (stacks.isEmpty()) {
            stacks.addAll(aside);
            aside.clear();
        }
        SortedSet<String> called = new TreeSet<>(folders(tree));
        called.removeAll(stacks);
        called.removeAll(aside);
        return new Findings(catalog, stacks, aside, called);
    }

    static StackCatalog read(SourceTree tree) {
        return new StackCatalogReader(List.of()).read(REPOSITORY, tree);
    }

    /** Folders with Terraform code that are no stacks. */
    SortedSet<String> others() {
        SortedSet<String> others = new TreeSet<>(aside);
        others.addAll(called);
        return others;
    }

    private static boolean setAside(Stack stack) {
        return stack.code().backend().isEmpty()
                && Arrays.stream(stack.id().path().split("/", -1)).anyMatch(ASIDE::contains);
    }

    private static SortedSet<String> folders(SourceTree tree) {
        return tree.below("").stream()
                .filter(entry -> TerraformCode.isCode(entry.name(), Dialect.OPENTOFU))
                .map(TreeEntry::folder)
                .filter(folder -> !folder.startsWith(".") && !folder.contains("/."))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
