package dev.plumbline.stack;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.Glob;
import dev.plumbline.config.Nearest;
import dev.plumbline.config.StackConfig;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.hcl.ModuleCall;
import dev.plumbline.hcl.ReadPath;
import dev.plumbline.stack.Closure.Part;
import dev.plumbline.stack.Closure.Via;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Collects what one stack reads, beginning at its folder and following modules, paths, links and its configuration. */
final class ClosureBuilder {
    private final TreeIndex index;
    private final FolderCodes codes;
    private final Predicate<String> stackFolder;
    private final StackId id;
    private final String folder;
    private final SortedMap<String, Part> parts = new TreeMap<>();
    private final Set<String> modules = new LinkedHashSet<>();
    private final List<String> missingFiles = new ArrayList<>();
    private final SortedSet<String> readFiles = new TreeSet<>();
    private final List<StackProblem> problems = new ArrayList<>();

    ClosureBuilder(TreeIndex index, FolderCodes codes, Predicate<String> stackFolder, StackId id) {
        this.index = index;
        this.codes = codes;
        this.stackFolder = stackFolder;
        this.id = id;
        this.folder = id.path();
    }

    Closure build(ConfigFile<StackConfig> config) {
        ownFolder();
        followModules();
        varFiles(config);
        readPaths(folder);
        modules.forEach(this::readPaths);
        for (Glob glob : config.value().watch()) {
            watch(glob);
        }
        return new Closure(List.copyOf(parts.values()));
    }

    /** Folders of the local modules that the stack uses, directly or through others. */
    Set<String> modules() {
        return modules;
    }

    /** Paths that the code reads and the commit lacks. */
    List<String> missingFiles() {
        return missingFiles;
    }

    /** Files that the code reads by their paths. */
    SortedSet<String> readFiles() {
        return readFiles;
    }

    List<StackProblem> problems() {
        return problems;
    }

    private void ownFolder() {
        if (folder.isEmpty()) {
            // At the root everything is below the folder, so a root stack takes no module it doesn't call and no hidden
            // folder.
            addCode(
                    "",
                    Via.STACK,
                    entry -> !Paths.hidden(entry.folder()) && !entry.path().equals("plumbline.yaml"));
        } else {
            for (TreeEntry entry : index.below(folder)) {
                if (!standsBelow(entry.folder(), stackFolder)) {
                    add(entry, Via.STACK, folder);
                }
            }
        }
    }

    private void followModules() {
        Deque<String> open = new ArrayDeque<>(List.of(folder));
        Set<String> seen = new LinkedHashSet<>(open);
        while (!open.isEmpty()) {
            String caller = open.remove();
            for (ModuleCall call : codes.of(caller).localModules()) {
                Optional<String> target = Paths.resolve(caller, call.source());
                if (target.isEmpty()) {
                    error(FolderCode.problem(
                            caller, call.position(), "the module path '" + call.source() + "' leaves the repository"));
                } else if (!index.holdsTerraform(target.get())) {
                    error(FolderCode.problem(caller, call.position(), noModule(target.get())));
                } else if (seen.add(target.get())) {
                    open.add(target.get());
                    modules.add(target.get());
                    addCode(target.get(), Via.MODULE, entry -> true);
                }
            }
        }
    }

    private String noModule(String target) {
        for (String at = target; !at.isEmpty(); at = Paths.parent(at)) {
            if (index.find(at)
                    .filter(entry -> entry.mode() == TreeEntry.Mode.SUBMODULE)
                    .isPresent()) {
                return "the module folder " + target + " is in the submodule " + at
                        + ", and submodules are not fetched: name its repository as the module's source, with ?ref=";
            }
        }
        return "no Terraform files in the module folder " + target
                + Nearest.hint(target, index.terraformFolders().keySet());
    }

    /** A code folder with what stands below it, as far as that is no code of its own. */
    private void addCode(String root, Via via, Predicate<TreeEntry> wanted) {
        Predicate<String> otherCode = below -> index.holdsTerraform(below) || stackFolder.test(below);
        for (TreeEntry entry : index.below(root)) {
            if (wanted.test(entry) && !standsBelow(root, entry.folder(), otherCode)) {
                add(entry, via, root);
            }
        }
    }

    private boolean standsBelow(String entryFolder, Predicate<String> other) {
        return standsBelow(folder, entryFolder, other);
    }

    private static boolean standsBelow(String root, String entryFolder, Predicate<String> other) {
        for (String at = entryFolder; at.length() > root.length(); at = Paths.parent(at)) {
            if (other.test(at)) {
                return true;
            }
        }
        return false;
    }

    private void varFiles(ConfigFile<StackConfig> config) {
        List<String> files = config.value().varFiles();
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i);
            Optional<TreeEntry> entry = Paths.resolve(folder, name).flatMap(index::find);
            if (entry.isPresent()) {
                add(entry.get(), Via.VAR_FILE, "");
            } else {
                error(config.problemAt("var_files[" + i + "]", "no such file in this commit: '" + name + "'"));
            }
        }
    }

    private void readPaths(String codeFolder) {
        for (ReadPath read : codes.of(codeFolder).code().readPaths()) {
            if (read.base() != ReadPath.Base.UNKNOWN && !read.path().startsWith("/")) {
                String from = read.base() == ReadPath.Base.MODULE ? codeFolder : folder;
                readPath(codeFolder, read, Paths.resolve(from, read.path()));
            }
        }
    }

    private void readPath(String codeFolder, ReadPath read, Optional<String> target) {
        if (target.isEmpty()) {
            warning(FolderCode.problem(
                    codeFolder, read.position(), "the path '" + read.path() + "' leaves the repository"));
            return;
        }
        Optional<TreeEntry> file = index.find(target.get());
        if (file.isPresent()) {
            read(file.get());
            return;
        }
        List<TreeEntry> inside = index.below(target.get());
        inside.forEach(this::read);
        // fileexists and fileset are asked whether something is there: its absence is an answer, not a mistake.
        boolean asked = read.function().equals("fileexists") || read.function().equals("fileset");
        if (inside.isEmpty() && read.exact() && !asked) {
            missingFiles.add(target.get());
            warning(FolderCode.problem(codeFolder, read.position(), "no such file in this commit: " + target.get()));
        }
    }

    private void read(TreeEntry entry) {
        readFiles.add(entry.path());
        add(entry, Via.READ, "");
    }

    private void watch(Glob glob) {
        boolean fromRoot = glob.toString().startsWith("/");
        Optional<String> pattern =
                fromRoot ? Optional.of(glob.toString().substring(1)) : Paths.resolve(folder, glob.toString());
        if (pattern.isEmpty() || pattern.get().isEmpty()) {
            return;
        }
        Glob whole = Glob.parse(pattern.get());
        for (TreeEntry entry : index.below(whole.fixedFolder())) {
            if (whole.matches(entry.path())) {
                add(entry, Via.WATCH, "");
            }
        }
    }

    private void add(TreeEntry entry, Via via, String owner) {
        if (parts.putIfAbsent(entry.path(), new Part(entry, via, owner)) != null
                || entry.mode() != TreeEntry.Mode.LINK) {
            return;
        }
        Optional<String> target = index.target(entry);
        if (target.isEmpty()) {
            error(new ConfigProblem(entry.path(), 1, 1, "this link leads out of the repository"));
            return;
        }
        Optional<TreeEntry> file = index.find(target.get());
        file.ifPresent(found -> add(found, Via.READ, ""));
        if (file.isEmpty()) {
            index.below(target.get()).forEach(found -> add(found, Via.READ, ""));
        }
    }

    private void error(ConfigProblem at) {
        problems.add(new StackProblem(Optional.of(id), StackProblem.Severity.ERROR, at));
    }

    private void warning(ConfigProblem at) {
        problems.add(new StackProblem(Optional.of(id), StackProblem.Severity.WARNING, at));
    }
}
