package dev.plumbline.cli.init;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.StackConfig;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.stack.StackCatalog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All files that init would write, tried on the repository before anything is written. */
final class Proposal {
    static final String REPOSITORY_FILE = "plumbline.yaml";

    private final SourceTree tree;
    private final Findings findings;
    private final Optional<AtlantisMove> atlantis;

    Proposal(SourceTree tree) {
        this.tree = tree;
        this.findings = Findings.in(tree);
        this.atlantis = tree.find(AtlantisFile.NAME)
                .filter(entry -> entry.mode() == TreeEntry.Mode.FILE || entry.mode() == TreeEntry.Mode.EXECUTABLE)
                .map(tree::read)
                .map(AtlantisFile::read)
                .map(file -> new AtlantisMove(file, findings.catalog()));
    }

    /** Path → content: plumbline.yaml first, then the stack.yaml of each stack that needs one. */
    Map<String, String> files() {
        SortedSet<String> wanted = wanted();
        List<String> globs = globs(wanted);
        List<StackDraft> drafts = accepted(globs, drafts(wanted));
        StackCatalog catalog = catalog(globs, drafts);
        List<String> notes = new ArrayList<>(atlantis.map(AtlantisMove::notes).orElse(List.of()));
        lost(wanted, notes);
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                REPOSITORY_FILE,
                new RepositoryDraft(findings, globs, catalog.stacks().values(), notes).text());
        drafts.forEach(draft -> files.put(draft.path(), draft.text()));
        return files;
    }

    /** The folders of atlantis.yaml's projects where there is one that names some, else all that look like stacks. */
    private SortedSet<String> wanted() {
        SortedSet<String> named = atlantis.map(AtlantisMove::folders).orElse(new TreeSet<>());
        SortedSet<String> wanted = new TreeSet<>();
        for (String folder : named.isEmpty() ? findings.stacks() : named) {
            if (findings.stacks().contains(folder) || findings.others().contains(folder)) {
                wanted.add(folder);
            }
        }
        return wanted;
    }

    private List<StackDraft> drafts(SortedSet<String> wanted) {
        return atlantis.map(AtlantisMove::drafts).orElse(List.of()).stream()
                .filter(draft -> wanted.contains(draft.folder()))
                .toList();
    }

    private void lost(SortedSet<String> wanted, List<String> notes) {
        for (String folder : atlantis.map(AtlantisMove::folders).orElse(new TreeSet<>())) {
            if (!wanted.contains(folder)) {
                notes.add("atlantis.yaml names " + folder + ", which holds no Terraform code.");
            }
        }
        if (atlantis.isPresent()) {
            SortedSet<String> more = new TreeSet<>(findings.stacks());
            more.removeAll(wanted);
            if (!more.isEmpty()) {
                notes.add("These folders hold Terraform code, and no project of atlantis.yaml names them: "
                        + String.join(", ", StackGlobs.named(more)) + ".");
            }
        }
    }

    /** Short ones if they name just what is wanted, else the folders one by one. */
    private List<String> globs(SortedSet<String> wanted) {
        SortedSet<String> unwanted = new TreeSet<>(findings.stacks());
        unwanted.addAll(findings.aside());
        unwanted.removeAll(wanted);
        SortedSet<String> careful = new TreeSet<>(unwanted);
        careful.addAll(findings.called());
        careful.removeAll(wanted);
        for (SortedSet<String> avoided : List.of(unwanted, careful)) {
            List<String> globs = new StackGlobs(wanted, avoided).choose();
            if (folders(catalog(globs, List.of())).equals(wanted)) {
                return globs;
            }
        }
        return StackGlobs.named(wanted);
    }

    private static SortedSet<String> folders(StackCatalog catalog) {
        return catalog.stacks().keySet().stream().map(id -> id.path()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Takes back each key that Plumbline would not accept; a key may stand only because of another, so it looks again. */
    private List<StackDraft> accepted(List<String> globs, List<StackDraft> drafts) {
        List<StackDraft> current = drafts;
        for (int look = 0; look < 3; look++) {
            Map<String, List<ConfigProblem>> problems = problems(globs, current);
            if (problems.isEmpty()) {
                return current;
            }
            current = current.stream().map(draft -> corrected(draft, problems)).toList();
        }
        return current;
    }

    private static StackDraft corrected(StackDraft draft, Map<String, List<ConfigProblem>> problems) {
        List<ConfigProblem> own = problems.getOrDefault(draft.path(), List.of());
        return own.isEmpty()
                ? draft
                : draft.without(
                        own.stream().map(ConfigProblem::line).collect(Collectors.toCollection(TreeSet::new)),
                        own.get(0).message());
    }

    private Map<String, List<ConfigProblem>> problems(List<String> globs, List<StackDraft> drafts) {
        Map<String, List<ConfigProblem>> problems = new HashMap<>();
        Set<String> paths = drafts.stream().map(StackDraft::path).collect(Collectors.toSet());
        for (StackDraft draft : drafts) {
            ConfigFile<StackConfig> file =
                    ConfigReader.stack(draft.path(), draft.text().getBytes(StandardCharsets.UTF_8));
            file.problems().forEach(problem -> add(problems, problem));
        }
        catalog(globs, drafts).problems().stream()
                .filter(problem ->
                        problem.error() && paths.contains(problem.at().file()))
                .forEach(problem -> add(problems, problem.at()));
        return problems;
    }

    private static void add(Map<String, List<ConfigProblem>> problems, ConfigProblem problem) {
        problems.computeIfAbsent(problem.file(), unused -> new ArrayList<>()).add(problem);
    }

    private StackCatalog catalog(List<String> globs, List<StackDraft> drafts) {
        Map<String, Optional<String>> written = new HashMap<>();
        written.put(
                REPOSITORY_FILE,
                globs.isEmpty() ? Optional.empty() : Optional.of("stacks: " + Quoted.list(globs) + "\n"));
        drafts.forEach(draft -> written.put(draft.path(), Optional.of(draft.text())));
        return Findings.read(new Overlay(tree, written));
    }
}
