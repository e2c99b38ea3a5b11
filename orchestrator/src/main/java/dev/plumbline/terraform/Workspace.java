package dev.plumbline.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one fixed folder in which all runs of a stack work, one at a time. Its path is the same for each run and node,
 * because values such as {@code path.cwd} stand in plans.
 *
 * @param folder everything of this workspace; mode 700
 * @param stackFolder where the stack's code goes, at or below {@link #root()}
 */
public record Workspace(Path folder, Path stackFolder) {

    public Workspace {
        if (!folder.isAbsolute() || !stackFolder.normalize().startsWith(folder.resolve("tree"))) {
            throw new IllegalArgumentException("The stack's folder " + stackFolder + " is outside of " + folder);
        }
    }

    /** Where the repository's root goes: the part of it that the stack needs is laid out inside. */
    public Path root() {
        return folder.resolve("tree");
    }

    /** Terraform's data folder ({@code TF_DATA_DIR}), kept from run to run. */
    public Path dataFolder() {
        return folder.resolve("data");
    }

    /** Where a stack without a backend has its state while a run is on; of the workspace that was named last. */
    public Path stateFile() {
        return stateFolder().resolve("terraform.tfstate");
    }

    private Path stateFolder() {
        return terraformWorkspace()
                .map(name -> stackFolder.resolve("terraform.tfstate.d").resolve(name))
                .orElse(stackFolder);
    }

    /**
     * Names the Terraform workspace ({@code terraform.workspace}) for all that is run here from now on. It is kept on disk, so
     * that a process that takes up an apply of another one finds the state where that one put it.
     *
     * @param name empty for the default one
     */
    public void name(Optional<String> name) {
        PrivateFolders.create(folder);
        PrivateFolders.write(named(), name.orElse("").getBytes(StandardCharsets.UTF_8));
    }

    /** Makes the folder in which {@link #stateFile} goes. */
    public void makeStateFolder() {
        PrivateFolders.create(stateFolder());
    }

    /** The workspace that was named last; empty for the default one. */
    Optional<String> terraformWorkspace() {
        try {
            return Files.exists(named())
                    ? Optional.of(Files.readString(named())).filter(name -> !name.isEmpty() && !name.equals("default"))
                    : Optional.empty();
        } catch (IOException e) {
            throw new TerraformException("The file " + named() + " can't be read (" + e.getMessage() + ")", e);
        }
    }

    private Path named() {
        return folder.resolve("terraform-workspace");
    }

    public Path lockFile() {
        return stackFolder.resolve(".terraform.lock.hcl");
    }

    /** The child's HOME. */
    Path home() {
        return folder.resolve("home");
    }

    Path cliConfiguration() {
        return folder.resolve("cli.tfrc");
    }

    /** Says for which needs the data folder was initialised. */
    Path initialisedFor() {
        return folder.resolve("initialised");
    }

    Path keptLockFile() {
        return folder.resolve("initialised.lock.hcl");
    }

    /**
     * Empties the code's tree and makes the stack's folder anew; what was initialised stays. Links are removed, never
     * followed.
     */
    public void clear() {
        clearTree();
        PrivateFolders.create(folder);
        PrivateFolders.create(home());
        PrivateFolders.create(root());
        PrivateFolders.create(stackFolder);
    }

    /** Removes the code's tree, with all that a run left in it; what was initialised stays. */
    public void clearTree() {
        PrivateFolders.delete(root());
    }

    /** Whether there is nothing to {@link #clearTree}. */
    public boolean cleared() {
        return !Files.exists(root(), LinkOption.NOFOLLOW_LINKS);
    }
}
