package dev.plumbline.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/** Knows for what a workspace's data folder was last initialised, and keeps the lock file that init wrote then. */
final class ReusedData {
    private final Workspace workspace;
    private final String needs;
    private final boolean namedWorkspaces;
    private final Optional<byte[]> committedLock;

    ReusedData(Workspace workspace, InitialisationNeeds needs, TerraformBinary binary) {
        this.workspace = workspace;
        this.namedWorkspaces =
                needs.backend().startsWith("cloud") || needs.backend().startsWith("remote");
        this.committedLock = read(workspace.lockFile());
        String all = String.join(
                "\n",
                binary.product() + " " + binary.version(),
                "folder " + workspace.stackFolder(),
                "backend " + needs.backend(),
                "providers " + needs.providers(),
                "modules " + needs.modules());
        this.needs = WorkspaceFolders.hash(all.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the backend is HCP Terraform's, which has no default workspace. */
    boolean backendHasNamedWorkspaces() {
        return namedWorkspaces;
    }

    /**
     * The lock file must be the one that was committed when init ran, or the one that init made of it: that is the one
     * laid beside an apply.
     */
    boolean fits() {
        String kept = read(workspace.initialisedFor())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        boolean madeByInit = committedLock.isPresent()
                && read(workspace.keptLockFile())
                        .filter(lock -> Arrays.equals(lock, committedLock.get()))
                        .isPresent();
        return Files.isDirectory(workspace.dataFolder())
                && (kept.equals(key()) || (madeByInit && kept.startsWith(needs + " ")));
    }

    private String key() {
        return needs + " " + committedLock.map(WorkspaceFolders::hash).orElse("none");
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
        PrivateFolders.write(workspace.initialisedFor(), key().getBytes(StandardCharsets.UTF_8));
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
