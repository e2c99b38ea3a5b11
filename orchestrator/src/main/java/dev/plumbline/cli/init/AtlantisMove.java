package dev.plumbline.cli.init;

import dev.plumbline.config.Glob;
import dev.plumbline.stack.Closure;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in stack.yaml what an atlantis.yaml says of a project. */
final class AtlantisMove {
    private final AtlantisFile file;
    private final StackCatalog catalog;
    private final SortedMap<String, List<AtlantisFile.Project>> byFolder = new TreeMap<>();
    private final Map<String, AtlantisFile.Project> byName = new LinkedHashMap<>();

    AtlantisMove(AtlantisFile file, StackCatalog catalog) {
        this.file = file;
        this.catalog = catalog;
        for (AtlantisFile.Project project : file.projects()) {
            byFolder.computeIfAbsent(project.dir(), unused -> new ArrayList<>()).add(project);
            project.name().ifPresent(name -> byName.put(name, project));
        }
    }

    /** Its projects' folders. */
    SortedSet<String> folders() {
        return new TreeSet<>(byFolder.keySet());
    }

    /** What it asks of everybody, as far as plumbline.yaml can say it. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        boolean approved = file.projects().stream()
                .anyMatch(project -> project.requirements().contains("approved"));
        if (approved) {
            notes.add(
                    "atlantis.yaml asks for an approval before an apply (apply_requirements: approved): approvals: 1.");
        }
        file.workflows().forEach((name, workflow) -> {
            if (!workflow.steps().isEmpty()) {
                notes.add("atlantis.yaml's workflow '" + name + "' has steps of its own ("
                        + String.join(", ", workflow.steps())
                        + "): Plumbline runs Terraform only; see docs/from-atlantis.md.");
            }
        });
        return notes;
    }

    List<StackDraft> drafts() {
        return byFolder.entrySet().stream()
                .map(entry -> draft(entry.getKey(), entry.getValue()))
                .filter(StackDraft::saysSomething)
                .toList();
    }

    private StackDraft draft(String folder, List<AtlantisFile.Project> projects) {
        AtlantisFile.Project project = projects.get(0);
        List<String> comments = new ArrayList<>();
        comments.add("From atlantis.yaml.");
        if (projects.size() > 1) {
            comments.add("This folder has " + projects.size() + " projects, with the workspaces "
                    + projects.stream().map(AtlantisFile.Project::workspace).collect(Collectors.joining(", "))
                    + ". A stack has one: give each a folder");
            comments.add("of its own that calls the shared code as a module. Only the first is taken over below.");
        }
        List<String> lines = new ArrayList<>();
        project.name()
                .filter(name -> !name.equals(folder.substring(folder.lastIndexOf('/') + 1)))
                .ifPresent(name -> lines.add("name: " + Quoted.text(name)));
        List<String> before = dependsOn(project, comments);
        if (!before.isEmpty()) {
            lines.add("depends_on: " + Quoted.list(before));
        }
        if (!project.workspace().equals("default")) {
            lines.add("workspace: " + Quoted.text(project.workspace()));
        }
        project.terraform().ifPresent(version -> lines.add("terraform: " + Quoted.text(version)));
        varFiles(project).ifPresent(files -> lines.add("var_files: " + Quoted.list(files)));
        List<String> watch = watch(project, comments);
        if (!watch.isEmpty()) {
            lines.add("watch: " + Quoted.list(watch));
        }
        if (!project.autoplan()) {
            comments.add("Its autoplan was off. Here each change of a stack's files is planned.");
        }
        return new StackDraft(folder, comments, lines);
    }

    private List<String> dependsOn(AtlantisFile.Project project, List<String> comments) {
        List<String> folders = new ArrayList<>();
        for (String name : project.dependsOn()) {
            AtlantisFile.Project other = byName.get(name);
            if (other == null) {
                comments.add("It depends on '" + name + "', and no project is called so.");
            } else {
                folders.add(other.dir().isEmpty() ? "." : other.dir());
            }
        }
        if (project.order() > 0 && folders.isEmpty()) {
            comments.add("Its execution_order_group was " + project.order()
                    + ": if it needs stacks of an earlier group, name them in depends_on.");
        }
        return folders;
    }

    private Optional<List<String>> varFiles(AtlantisFile.Project project) {
        return project.workflow()
                .map(file.workflows()::get)
                .map(AtlantisFile.Workflow::varFiles)
                .filter(files -> !files.isEmpty());
    }

    /** Only what Plumbline would not follow by itself: it knows the stack's own files, and those of its local modules. */
    private List<String> watch(AtlantisFile.Project project, List<String> comments) {
        Optional<Stack> stack =
                catalog.find(new StackId(Findings.REPOSITORY, project.dir().isEmpty() ? "." : project.dir()));
        List<String> watch = new ArrayList<>();
        for (String pattern : project.whenModified()) {
            if (pattern.startsWith("!")) {
                comments.add("when_modified leaves out '" + pattern.substring(1) + "'; watch can't.");
                continue;
            }
            Optional<String> fromRoot = resolved(project.dir(), pattern);
            if (fromRoot.isEmpty()) {
                comments.add("when_modified's '" + pattern + "' leads out of the repository.");
            } else if (!followed(fromRoot.get(), project.dir(), stack)) {
                watch.add("/" + fromRoot.get());
            }
        }
        return watch;
    }

    private static boolean followed(String glob, String dir, Optional<Stack> stack) {
        if (dir.isEmpty() || glob.startsWith(dir + "/")) {
            return true;
        }
        List<String> modules = stack.map(Stack::modules).orElse(List.of());
        Glob parsed = Glob.parse(glob);
        String fixed = parsed.fixedFolder();
        boolean ofModules = modules.stream().anyMatch(module -> fixed.equals(module) || fixed.startsWith(module + "/"));
        boolean ofClosure = stack.map(Stack::closure).map(Closure::parts).orElse(List.of()).stream()
                .anyMatch(part -> part.entry().path().equals(glob));
        return ofModules || ofClosure;
    }

    private static Optional<String> resolved(String dir, String pattern) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (dir + "/" + pattern).split("/")) {
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
}
