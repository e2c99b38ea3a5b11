package dev.plumbline.stack;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.Glob;
import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.config.StackConfig;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.hcl.Dialect;
import dev.plumbline.hcl.syntax.Problem;
import dev.plumbline.stack.StackProblem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one tree: configuration, stacks, what each reads, and how they hang together. */
final class CatalogBuilder {
    static final String REPOSITORY_FILE = "plumbline.yaml";
    private static final String STACK_FILE = "stack.yaml";

    private final String repository;
    private final SourceTree tree;
    private final TreeIndex index;
    private final Dialect standard;
    private final Map<Dialect, FolderCodes> codesOf = new EnumMap<>(Dialect.class);
    private final ContentCache<List<String>, ConfigFile<StackConfig>> stackConfigs;
    private final List<Path> localBackends;
    private final List<StackProblem> problems = new ArrayList<>();

    CatalogBuilder(
            String repository,
            SourceTree tree,
            ContentCache<List<String>, FolderCode> codes,
            ContentCache<List<String>, ConfigFile<StackConfig>> stackConfigs,
            List<Path> localBackends,
            Dialect standard) {
        this.repository = repository;
        this.tree = tree;
        this.index = new TreeIndex(tree);
        this.standard = standard;
        for (Dialect dialect : Dialect.values()) {
            codesOf.put(dialect, new FolderCodes(index, codes, dialect));
        }
        this.stackConfigs = stackConfigs;
        this.localBackends = localBackends;
    }

    StackCatalog build() {
        ConfigFile<RepositoryConfig> file = repositoryConfig();
        RepositoryConfig config = file.value();
        SortedSet<String> folders = new StackDiscovery(index, codes(standard)).folders(config.stacks());
        warnOfIdleGlobs(file, folders);
        warnOfStrayConfigurations(folders);
        folders.forEach(this::refuseControlCharacters);
        SortedMap<StackId, ConfiguredStack> configured = new TreeMap<>();
        for (String folder : folders) {
            ConfiguredStack stack = configured(folder, folders, config);
            configured.put(stack.stack().id(), stack);
        }
        StackLinks links = new StackLinks(configured);
        SortedMap<StackId, Stack> stacks = links.linked();
        problems.addAll(links.problems());
        problems.addAll(new StateChecks(configured, localBackends).problems());
        problems.sort(Comparator.comparing((StackProblem problem) ->
                        problem.stack().map(StackId::folder).orElse(""))
                .thenComparing(problem -> problem.at().file())
                .thenComparing(problem -> problem.at().line())
                .thenComparing(problem -> problem.at().column()));
        return new StackCatalog(repository, tree.id(), config, stacks, problems, lines(folders));
    }

    private ConfigFile<RepositoryConfig> repositoryConfig() {
        Optional<TreeEntry> entry = index.find(REPOSITORY_FILE);
        if (entry.isEmpty()) {
            return new ConfigFile<>(REPOSITORY_FILE, RepositoryConfig.DEFAULT, List.of(), Map.of());
        }
        if (index.followed(entry.get()).isEmpty()) {
            String why = "a link that leads to no file of this commit; put the file itself here";
            problems.add(
                    new StackProblem(Optional.empty(), Severity.ERROR, new ConfigProblem(REPOSITORY_FILE, 1, 1, why)));
        }
        ConfigFile<RepositoryConfig> file = ConfigReader.repository(REPOSITORY_FILE, content(entry.get()));
        file.problems().forEach(at -> problems.add(new StackProblem(Optional.empty(), Severity.ERROR, at)));
        return file;
    }

    private FolderCodes codes(Dialect dialect) {
        return Objects.requireNonNull(codesOf.get(dialect), "every dialect is read");
    }

    private Dialect dialect(StackConfig config) {
        return config.terraform()
                .map(choice -> choice.tofu() ? Dialect.OPENTOFU : Dialect.TERRAFORM)
                .orElse(standard);
    }

    private ConfiguredStack configured(String folder, SortedSet<String> folders, RepositoryConfig repositoryConfig) {
        StackId id = new StackId(repository, folder.isEmpty() ? "." : folder);
        ConfigFile<StackConfig> config = stackConfig(folder);
        config.problems().forEach(at -> problems.add(new StackProblem(Optional.of(id), Severity.ERROR, at)));
        StackConfig settings = config.value().orTerraform(repositoryConfig.terraform());
        FolderCodes codes = codes(dialect(settings));
        FolderCode own = codes.of(folder);
        ClosureBuilder builder = new ClosureBuilder(index, codes, folders::contains, id);
        Closure closure = builder.build(config);
        problems.addAll(builder.problems());
        unreadable(id, folder, own);
        boolean modules = !own.code().moduleCalls().isEmpty();
        boolean providers = own.downloadsProviders();
        SortedSet<String> moduleFolders = new TreeSet<>(builder.modules());
        for (String module : moduleFolders) {
            providers |= codes.of(module).downloadsProviders();
            unreadable(id, module, codes.of(module));
        }
        Stack stack = new Stack(
                id,
                settings,
                own.code(),
                closure,
                new TreeSet<>(),
                new TreeMap<>(),
                new Stack.InitNeeds(own.code().backend().isPresent(), modules, providers),
                List.copyOf(moduleFolders),
                builder.missingFiles(),
                builder.readFiles());
        return new ConfiguredStack(stack, config);
    }

    /**
     * Mostly a warning: what this reader can't read Terraform may, and if not it says so itself. But Terraform would also read the rest
     * of a file that was too much for this one: a backend there, or modules, that nobody here knows of.
     */
    private void unreadable(StackId id, String folder, FolderCode code) {
        for (Problem problem : code.code().problems()) {
            boolean cutShort = problem.kind() == Problem.Kind.TOO_LARGE || problem.kind() == Problem.Kind.TOO_DEEP;
            problems.add(new StackProblem(
                    Optional.of(id),
                    cutShort ? Severity.ERROR : Severity.WARNING,
                    FolderCode.problem(
                            folder,
                            problem.position(),
                            problem.sentence()
                                    + (cutShort ? "; split it up: code is run only if all of it was read" : ""))));
        }
    }

    private ConfigFile<StackConfig> stackConfig(String folder) {
        String path = Paths.join(folder, STACK_FILE);
        return index.find(path)
                .map(entry -> stackConfigs.get(
                        List.of(path, entry.objectId()), () -> ConfigReader.stack(path, content(entry))))
                .orElse(new ConfigFile<>(path, StackConfig.DEFAULT, List.of(), Map.of()));
    }

    private byte[] content(TreeEntry entry) {
        return index.followed(entry).map(index::read).orElse(new byte[0]);
    }

    /** Such a stack would break the lines that tell of it, and look like another one; left out, it would seem removed. */
    private void refuseControlCharacters(String folder) {
        if (folder.chars().anyMatch(Character::isISOControl)) {
            problems.add(new StackProblem(
                    Optional.empty(),
                    Severity.ERROR,
                    new ConfigProblem(
                            ShellWord.of(folder), 1, 1, "a control character is in this folder's name: rename it")));
        }
    }

    private void warnOfIdleGlobs(ConfigFile<RepositoryConfig> file, SortedSet<String> folders) {
        List<Glob> globs = file.value().stacks();
        List<String> candidates = index.terraformFolders().keySet().stream()
                .filter(folder -> !Paths.hidden(folder))
                .toList();
        if (!file.valid() || candidates.isEmpty()) {
            return;
        }
        for (int i = 0; i < globs.size(); i++) {
            List<Glob> one = List.of(globs.get(i));
            if (candidates.stream().noneMatch(folder -> StackDiscovery.named(folder, one))) {
                String why = "'stacks' has '" + globs.get(i) + "', which fits no folder with Terraform files"
                        + (folders.isEmpty() ? hint() : "");
                problems.add(
                        new StackProblem(Optional.empty(), Severity.WARNING, file.problemAt("stacks[" + i + "]", why)));
            }
        }
    }

    private String hint() {
        SortedSet<String> without = new StackDiscovery(index, codes(standard)).folders(List.of());
        return without.isEmpty()
                ? ""
                : "; globs start at the repository's root, such as '"
                        + (without.first().isEmpty() ? "." : without.first()) + "'";
    }

    private void warnOfStrayConfigurations(SortedSet<String> folders) {
        for (TreeEntry entry : index.stackFiles()) {
            String folder = entry.folder();
            if (folders.contains(folder) || Paths.hidden(folder)) {
                continue;
            }
            String why = index.holdsTerraform(folder)
                    ? "no glob of plumbline.yaml's stacks names this folder, so it is no stack"
                    : "no Terraform files beside it, so it is no stack";
            problems.add(
                    new StackProblem(Optional.empty(), Severity.WARNING, new ConfigProblem(entry.path(), 1, 1, why)));
        }
    }

    private Map<String, LineSet> lines(SortedSet<String> stackFolders) {
        Map<String, LineSet> lines = new HashMap<>();
        LineSet none = LineSet.of(List.of());
        for (String folder : index.terraformFolders().keySet()) {
            lines.put(
                    folder,
                    stackFolders.contains(folder) ? codes(standard).of(folder).lines() : none);
        }
        return lines;
    }
}
