package dev.plumbline.stack;

import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeDifference;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.hcl.Dialect;
import dev.plumbline.hcl.ModuleCall;
import dev.plumbline.hcl.Output;
import dev.plumbline.hcl.ReadPath;
import dev.plumbline.hcl.TerraformCode;
import dev.plumbline.hcl.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the catalog of a tree from that of another one which differs in the content of a few files only: then which folders are
 * stacks, what each of them reads and how they hang together stays as it is, as long as the changed code calls, reads and
 * declares the same as before. Whatever is not surely so is left to {@link CatalogBuilder}.
 */
final class CatalogUpdate {
    private static final int MOST_FILES = 300;

    private final StackCatalog known;
    private final SourceTree before;
    private final SourceTree after;
    private final ContentCache<List<String>, FolderCode> codes;

    CatalogUpdate(
            StackCatalog known, SourceTree before, SourceTree after, ContentCache<List<String>, FolderCode> codes) {
        this.known = known;
        this.before = before;
        this.after = after;
        this.codes = codes;
    }

    /** Empty where the whole tree has to be read. */
    Optional<StackCatalog> catalog() {
        Optional<List<String>> paths = TreeDifference.changedOnly(before, after, MOST_FILES);
        if (paths.isEmpty() || paths.get().stream().anyMatch(CatalogUpdate::configures) || toldOf(paths.get())) {
            return Optional.empty();
        }
        Map<String, TreeEntry> entries = new HashMap<>();
        for (String path : paths.get()) {
            Optional<TreeEntry> now = plainFile(after, path);
            if (now.isEmpty() || plainFile(before, path).isEmpty()) {
                return Optional.empty();
            }
            entries.put(path, now.get());
        }
        Optional<Map<String, FolderCode>> changed = changedCode(paths.get());
        return changed.flatMap(folders -> updated(entries, folders));
    }

    private static boolean configures(String path) {
        return path.equals("plumbline.yaml") || path.equals("stack.yaml") || path.endsWith("/stack.yaml");
    }

    /** Problems name lines, which may have moved. */
    private boolean toldOf(List<String> paths) {
        Set<String> all = new HashSet<>(paths);
        return known.problems().stream()
                .anyMatch(problem -> all.contains(problem.at().file()));
    }

    private static Optional<TreeEntry> plainFile(SourceTree tree, String path) {
        return tree.find(path).filter(CatalogUpdate::plain);
    }

    private static boolean plain(TreeEntry entry) {
        return entry.mode() == TreeEntry.Mode.FILE || entry.mode() == TreeEntry.Mode.EXECUTABLE;
    }

    /** The code of each folder in which code changed; empty where it now says anything that others depend on. */
    private Optional<Map<String, FolderCode>> changedCode(List<String> paths) {
        Map<String, FolderCode> folders = new LinkedHashMap<>();
        for (String path : paths) {
            String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
            if (TreeIndex.terraform(path) && !folders.containsKey(folder)) {
                Optional<FolderCode> was = code(before, folder);
                Optional<FolderCode> is = code(after, folder);
                if (was.isEmpty()
                        || is.isEmpty()
                        || !sameShape(was.get().code(), is.get().code())) {
                    return Optional.empty();
                }
                folders.put(folder, is.get());
            }
        }
        return Optional.of(folders);
    }

    private Optional<FolderCode> code(SourceTree tree, String folder) {
        Map<String, TreeEntry> files = new LinkedHashMap<>();
        for (TreeEntry entry : tree.below(folder)) {
            if (entry.folder().equals(folder) && TreeIndex.terraform(entry.path())) {
                // Whether a .tofu file counts is each stack's own matter.
                if (!plain(entry) || entry.name().contains(".tofu")) {
                    return Optional.empty();
                }
                files.put(entry.name(), entry);
            }
        }
        return Optional.of(FolderCodes.read(files, tree::read, codes, Dialect.TERRAFORM));
    }

    /** Whether discovery, closures, links, checks and the needs of init come to the same with both. */
    static boolean sameShape(TerraformCode one, TerraformCode other) {
        return one.problems().isEmpty()
                && other.problems().isEmpty()
                && one.backend().isEmpty()
                && other.backend().isEmpty()
                && one.remoteStates().isEmpty()
                && other.remoteStates().isEmpty()
                && one.needsNoProviderDownload() == other.needsNoProviderDownload()
                && calls(one).equals(calls(other))
                && reads(one).equals(reads(other))
                && one.outputs().stream()
                        .map(Output::name)
                        .toList()
                        .equals(other.outputs().stream().map(Output::name).toList())
                && one.variables().stream()
                        .map(Variable::name)
                        .toList()
                        .equals(other.variables().stream().map(Variable::name).toList());
    }

    private static List<List<Object>> calls(TerraformCode code) {
        return code.moduleCalls().stream().map(CatalogUpdate::call).toList();
    }

    private static List<Object> call(ModuleCall call) {
        return List.of(call.name(), call.source(), call.sourceIsLiteral(), call.version());
    }

    private static List<List<Object>> reads(TerraformCode code) {
        return code.readPaths().stream().map(CatalogUpdate::read).toList();
    }

    private static List<Object> read(ReadPath read) {
        return List.of(read.function(), read.base(), read.path(), read.exact(), read.pattern());
    }

    private Optional<StackCatalog> updated(Map<String, TreeEntry> entries, Map<String, FolderCode> folders) {
        Map<StackId, Stack> touched = new HashMap<>();
        for (Stack stack : known.stacks().values()) {
            Optional<Closure> closure = stack.closure().with(entries);
            if (closure.isPresent()) {
                if (linked(stack) || !known.problemsOf(stack.id()).isEmpty()) {
                    return Optional.empty();
                }
                FolderCode own = folders.get(stack.id().path());
                touched.put(stack.id(), stack.with(closure.get(), own == null ? stack.code() : own.code()));
            }
        }
        Map<String, LineSet> lines = new HashMap<>();
        folders.forEach((folder, code) -> lines.put(folder, code.lines()));
        return Optional.of(known.with(after.id(), touched, lines));
    }

    /** Code may be reached by links from folders that are not its own. */
    private static boolean linked(Stack stack) {
        return stack.closure().parts().stream().anyMatch(part -> !plain(part.entry()));
    }

    /** Trees whose catalogs are known, the latest first. */
    static final class Recent {
        private static final int KEPT = 8;

        private record Known(StackCatalog catalog, SourceTree tree) {}

        private final List<Known> latest = new ArrayList<>();

        synchronized void add(StackCatalog catalog, SourceTree tree) {
            latest.add(0, new Known(catalog, tree));
            if (latest.size() > KEPT) {
                latest.remove(KEPT);
            }
        }

        private synchronized List<Known> latest() {
            return List.copyOf(latest);
        }

        /** A catalog made from one of them; empty where none is near enough. */
        Optional<StackCatalog> update(
                String repository, SourceTree tree, ContentCache<List<String>, FolderCode> codes) {
            for (Known near : latest()) {
                if (near.catalog().repository().equals(repository)) {
                    Optional<StackCatalog> made = new CatalogUpdate(near.catalog(), near.tree(), tree, codes).catalog();
                    if (made.isPresent()) {
                        return made;
                    }
                }
            }
            return Optional.empty();
        }
    }
}
