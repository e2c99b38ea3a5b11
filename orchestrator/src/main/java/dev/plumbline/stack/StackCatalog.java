package dev.plumbline.stack;

import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.git.SourceTree;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All stacks of one tree, how they hang together, and what is wrong with them. Immutable. */
public final class StackCatalog {
    private final String repository;
    private final String treeId;
    private final RepositoryConfig config;
    private final SortedMap<StackId, Stack> stacks;
    private final List<StackProblem> problems;
    private final StackGraph graph;
    private final Map<String, LineSet> linesByFolder;

    StackCatalog(
            String repository,
            String treeId,
            RepositoryConfig config,
            SortedMap<StackId, Stack> stacks,
            List<StackProblem> problems,
            Map<String, LineSet> linesByFolder) {
        this.repository = repository;
        this.treeId = treeId;
        this.config = config;
        this.stacks = Collections.unmodifiableSortedMap(new TreeMap<>(stacks));
        this.problems = List.copyOf(problems);
        this.linesByFolder = Map.copyOf(linesByFolder);
        SortedMap<StackId, java.util.SortedSet<StackId>> needs = new TreeMap<>();
        stacks.forEach((id, stack) -> needs.put(id, stack.dependsOn()));
        this.graph = new StackGraph(needs);
    }

    private StackCatalog(StackCatalog known, String treeId, Map<StackId, Stack> touched, Map<String, LineSet> lines) {
        this.repository = known.repository;
        this.treeId = treeId;
        this.config = known.config;
        SortedMap<StackId, Stack> all = new TreeMap<>(known.stacks);
        all.putAll(touched);
        this.stacks = Collections.unmodifiableSortedMap(all);
        this.problems = known.problems;
        Map<String, LineSet> allLines = new HashMap<>(known.linesByFolder);
        lines.forEach(allLines::replace);
        this.linesByFolder = Collections.unmodifiableMap(allLines);
        this.graph = known.graph;
    }

    /** The catalog of another tree, in which these stacks have other content and nothing else is different. */
    StackCatalog with(String otherTree, Map<StackId, Stack> touched, Map<String, LineSet> lines) {
        return new StackCatalog(this, otherTree, touched, lines);
    }

    /** Whether it has surely the same stacks as another, linked in the same way, whatever is in them. */
    boolean sameFrame(StackCatalog other) {
        return graph == other.graph;
    }

    /**
     * Reads one tree with nothing remembered from others; a server keeps a {@link StackCatalogReader} instead.
     *
     * @param repository its name, as it stands in the stacks' ids
     */
    public static StackCatalog read(String repository, SourceTree tree) {
        return new StackCatalogReader(List.of()).read(repository, tree);
    }

    public String repository() {
        return repository;
    }

    /** The {@link SourceTree#id} of the tree it was read from. */
    public String treeId() {
        return treeId;
    }

    /** The plumbline.yaml of this tree; where it has problems, its defaults stand in for what is wrong. */
    public RepositoryConfig config() {
        return config;
    }

    /** Sorted by id; those with problems too. */
    public SortedMap<StackId, Stack> stacks() {
        return stacks;
    }

    public Optional<Stack> find(StackId id) {
        return Optional.ofNullable(stacks.get(id));
    }

    public StackGraph graph() {
        return graph;
    }

    public StackNames names() {
        return StackNames.of(stacks.values());
    }

    /** Everything that is wrong, those of the whole repository first, then by stack and place. */
    public List<StackProblem> problems() {
        return problems;
    }

    /** What is wrong with one stack; without what concerns the whole repository. */
    public List<StackProblem> problemsOf(StackId id) {
        return problems.stream()
                .filter(problem -> problem.stack().filter(id::equals).isPresent())
                .collect(Collectors.toList());
    }

    /** The errors that keep a stack from being planned: its own and those of the whole repository, as sentences. */
    public List<String> obstacles(StackId id) {
        return problems.stream()
                .filter(StackProblem::error)
                .filter(problem ->
                        problem.stack().isEmpty() || problem.stack().get().equals(id))
                .map(StackProblem::toString)
                .collect(Collectors.toList());
    }

    /** Whether nothing that concerns the whole repository is wrong; if something is, no stack of it may be planned. */
    public boolean usable() {
        return problems.stream()
                .noneMatch(problem -> problem.error() && problem.stack().isEmpty());
    }

    /** Whether a stack is known and neither it nor the whole repository has an error. */
    public boolean usable(StackId id) {
        return usable() && stacks.containsKey(id) && problemsOf(id).stream().noneMatch(StackProblem::error);
    }

    /** Whether a folder holds Terraform files, be it a stack or not. */
    boolean holdsCode(String folder) {
        return linesByFolder.containsKey(folder);
    }

    /** Whether any folder holds Terraform files. */
    public boolean holdsCode() {
        return !linesByFolder.isEmpty();
    }

    /** Whether plumbline.yaml lets a folder be a stack. */
    boolean names(StackId id) {
        return StackDiscovery.named(id.path(), config.stacks());
    }

    /** Why a folder that isn't among them is no stack. */
    public String whyNoStack(StackId id) {
        if (!holdsCode(id.path())) {
            return "its code is gone from there";
        }
        return names(id) ? "another stack calls it as a module" : "'stacks' in plumbline.yaml leaves it out";
    }

    /** The code's lines, of folders that are stacks. */
    LineSet lines(StackId id) {
        return linesByFolder.getOrDefault(id.path(), LineSet.of(List.of()));
    }
}
