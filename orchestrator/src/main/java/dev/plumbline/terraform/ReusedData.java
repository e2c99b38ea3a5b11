package dev.plumbline.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Knows for what a workspace's data folder was last initialised, and keeps the lock file that init wrote then. */
final class ReusedData {
    private final Workspace workspace;
    private final String key;

    ReusedData(Workspace workspace, InitialisationNeeds needs, TerraformBinary binary) {
        this.workspace = workspace;
        String committed = read(workspace.lockFile())
                .map(bytes -> WorkspaceFolders.hash(bytes))
                .orElse("none");
        String all = String.join(
                "\n",
                binary.product() + " " + binary.version(),
                "folder " + workspace.stackFolder(),
                "lock " + committed,
                "backend " + needs.backend(),
                "providers " + needs.providers(),
                "modules " + needs.modules());
        key = WorkspaceFolders.hash(all.getBytes(StandardCharsets.UTF_8));
    }

    boolean fits() {
        return Files.isDirectory(workspace.dataFolder())
                && read(workspace.initialisedFor())
                        .map(kept -> new String(kept, StandardCharsets.UTF_8).equals(key))
                        .orElse(false);
    }

    /** Puts the kept lock file where Terraform wants it, since the tree was laid out anew. */
    Optional<byte[]> layLockFile() {
        try {
            if (Files.exists(workspace.keptLockFile())) {
                Files.copy(workspace.keptLockFile(), workspace.lockFile(), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new TerraformException("The lock file " + workspace.lockFile() + " can't be written", e);
        }
        return read(workspace.lockFile());
    }

    /** To be called before init, so that one that fails half-way is never reused. */
    void forget() {
        try {
            Files.deleteIfExists(workspace.initialisedFor());
            Files.deleteIfExists(workspace.keptLockFile());
        } catch (IOException e) {
            throw new TerraformException("The workspace " + workspace.folder() + " can't be written", e);
        }
    }

    /** To be called after init; the key is of the lock file as it was committed. */
    Optional<byte[]> keep() {
        Optional<byte[]> written = read(workspace.lockFile());
        written.ifPresent(bytes -> PrivateFolders.write(workspace.keptLockFile(), bytes));
        PrivateFolders.write(workspace.initialisedFor(), key.getBytes(StandardCharsets.UTF_8));
        return written;
    }

    static Optional<byte[]> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new TerraformException("The file " + file + " can't be read (" + e.getMessage() + ")", e);
        }
    }
}
