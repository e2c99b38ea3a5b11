package dev.plumbline.terraform;

import java.nio.file.Path;
import java.util.Map;

/**
 * One apply of a plan file.
 *
 * @param planFile handed to Terraform as it is
 * @param runFolder a new folder for the apply's own files; it outlives this process
 * @param lock whether the state is locked
 * @param environment variables on top of the child's allow-list; never written to a file
 */
public record ApplyCommand(
        Workspace workspace,
        Path planFile,
        Path runFolder,
        boolean lock,
        int parallelism,
        Map<String, String> environment) {

    public ApplyCommand {
        if (parallelism < 1) {
            throw new IllegalArgumentException("Parallelism must be 1 or more, not " + parallelism);
        }
        environment = Map.copyOf(environment);
    }

    /** A normal apply: locked, ten operations at once, no further variables. */
    public static ApplyCommand normal(Workspace workspace, Path planFile, Path runFolder) {
        return new ApplyCommand(workspace, planFile, runFolder, true, 10, Map.of());
    }

    public ApplyCommand withEnvironment(Map<String, String> more) {
        return new ApplyCommand(workspace, planFile, runFolder, lock, parallelism, more);
    }
}
