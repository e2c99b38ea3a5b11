package dev.plumbline.store;

import dev.plumbline.secret.Encryption;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Named contents too long or too secret for the database: plan files, states, reports. Encrypted with the server's key, each
 * under its own name, so that two can't be swapped; written whole and durably, or not at all.
 */
public final class Artifacts {
    /** What is still being written ends so. */
    private static final String TEMPORARY = ".new";

    private final Path folder;
    private final Encryption encryption;

    public Artifacts(Path folder, Encryption encryption) {
        this.folder = folder;
        this.encryption = encryption;
    }

    /**
     * Keeps a content; one of the same name is replaced.
     *
     * @param name folders and file, for example {@code runs/r12/plan}; made of letters, digits, dots, hyphens and slashes
     * @throws StoreException where it can't be written; then what was there before still is
     */
    public void put(String name, byte[] content) {
        Path file = fileOf(name);
        Path parent = file.resolveSibling("");
        try {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path temporary = Files.createTempFile(parent, "", TEMPORARY);
            try {
                try (OutputStream sealed = encryption.encrypting(name, Files.newOutputStream(temporary))) {
                    sealed.write(content);
                }
                sync(temporary);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                sync(parent);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException cause) {
            throw new StoreException(
                    "can't write " + file + ": " + cause.getMessage()
                            + "; check the disk's free space and the folder's owner",
                    cause);
        }
    }

    /** The content of that name; empty where there is none. */
    public Optional<byte[]> get(String name) {
        Path file = fileOf(name);
        try {
            return Optional.of(encryption.decrypt(name, Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException cause) {
            throw new StoreException("can't read " + file + ": " + cause.getMessage(), cause);
        }
    }

    /** The content of a name that must be there. */
    public byte[] require(String name) {
        return get(name).orElseThrow(() -> new StoreException(fileOf(name) + " is gone; restore it from a backup"));
    }

    /** The names of all contents of one folder. */
    public List<String> names(String inFolder) {
        Path there = folder.resolve(inFolder);
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(there)) {
            return files.map(file -> inFolder + "/" + file.getFileName())
                    .filter(name -> !name.endsWith(TEMPORARY))
                    .sorted()
                    .toList();
        } catch (IOException cause) {
            throw new StoreException("can't list " + there + ": " + cause.getMessage(), cause);
        }
    }

    /** Forgets a content; nothing where there is none. */
    public void delete(String name) {
        try {
            Files.deleteIfExists(fileOf(name));
        } catch (IOException cause) {
            throw new StoreException("can't delete " + fileOf(name) + ": " + cause.getMessage(), cause);
        }
    }

    private Path fileOf(String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IllegalArgumentException("not an artifact's name: '" + name + "'");
        }
        return file;
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
