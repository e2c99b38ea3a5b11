package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.HclFile;
import dev.plumbline.hcl.syntax.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What the Terraform code of one folder says, override files merged in. Only of this folder: the modules that it calls
 * have folders of their own.
 *
 * @param requiredProviders by local name, the implied ones too
 * @param resources of all modes, those inside {@code check} blocks too
 * @param importBlocks their number
 * @param readPaths by position; what a function reads from the disk while Terraform runs
 * @param problems what could not be read; everything else is told all the same
 */
public record TerraformCode(
        List<ModuleCall> moduleCalls,
        Optional<Backend> backend,
        SortedMap<String, ProviderRequirement> requiredProviders,
        List<RequiredVersion> requiredVersions,
        List<RemoteState> remoteStates,
        List<Variable> variables,
        List<Output> outputs,
        List<Resource> resources,
        List<Moved> moved,
        int importBlocks,
        List<ReadPath> readPaths,
        List<Problem> problems) {

    /** Reads with OpenTofu's rules, which are Terraform's where the folder holds no {@code .tofu} file. */
    public static TerraformCode read(SortedMap<String, byte[]> filesOfOneFolder) {
        return read(filesOfOneFolder, Dialect.OPENTOFU);
    }

    /**
     * Reads the code among the files and ignores the others. It never fails.
     *
     * @param filesOfOneFolder content by name; the names stand in positions as given, and a folder before them is allowed
     */
    public static TerraformCode read(SortedMap<String, byte[]> filesOfOneFolder, Dialect dialect) {
        CodeCollector collector = new CodeCollector();
        for (String name : FolderFiles.inOrder(filesOfOneFolder.keySet(), dialect)) {
            byte[] content = Objects.requireNonNull(filesOfOneFolder.get(name));
            collector.collect(HclFile.read(name, content), FolderFiles.isOverride(name));
        }
        return collector.code();
    }

    /** Whether a file of this name, with or without folders before it, is code. */
    public static boolean isCode(String name, Dialect dialect) {
        return FolderFiles.isCode(name, dialect);
    }

    /** Whether everything that the folder uses is inside Terraform itself. The modules that it calls may need more. */
    public boolean needsNoProviderDownload() {
        return requiredProviders.values().stream().allMatch(ProviderRequirement::isBuiltIn);
    }

    /** The names of the variables that are declared sensitive. */
    public Set<String> sensitiveVariables() {
        return variables.stream()
                .filter(Variable::sensitive)
                .map(Variable::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the defaults of sensitive variables say, which no plan repeats. */
    public Set<String> sensitiveDefaults() {
        return variables.stream()
                .filter(Variable::sensitive)
                .flatMap(variable -> variable.defaults().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The calls whose source is a folder of the same repository. */
    public List<ModuleCall> localModuleCalls() {
        return moduleCalls.stream().filter(ModuleCall::isLocal).toList();
    }
}
