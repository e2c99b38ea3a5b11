package dev.plumbline.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a run has on this machine's disk: its log, and while it is live the files that Terraform is given. Mode 700.
 *
 * @param path {@code home/runs/r123}
 */
record RunFolder(Path path) {

    /** The log that people read; secrets masked. */
    Path log() {
        return path.resolve("log");
    }

    /** Variables, while the run is live. */
    Path variables() {
        return path.resolve("variables.tfvars.json");
    }

    /** The plan file, while the run is live. */
    Path plan() {
        return path.resolve("plan.tfplan");
    }

    /** Where an apply keeps its process id, output and exit status. */
    Path apply() {
        return path.resolve("apply");
    }

    RunFolder create() {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return this;
        } catch (IOException cause) {
            throw new UncheckedIOException("can't make " + path + "; check the disk's free space", cause);
        }
    }

    /** Writes a file for the owner's eyes only. */
    static void writePrivate(Path file, byte[] content) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, content);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't write " + file + "; check the disk's free space", cause);
        }
    }

    /** Deletes a file that {@link #writePrivate} wrote. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't delete " + file, cause);
        }
    }

    /** Deletes what may hold secrets; the log stays. */
    void forgetSecrets() {
        try {
            Files.deleteIfExists(variables());
            Files.deleteIfExists(plan());
            if (Files.isDirectory(apply())) {
                try (Stream<Path> all = Files.walk(apply())) {
                    for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("can't delete files in " + path, cause);
        }
    }
}
