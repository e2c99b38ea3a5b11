package dev.plumbline.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Files that a plan run made in its workspace (archives of functions, rendered templates): its apply needs them again. */
final class WorkspaceFiles {
    /** Terraform's own, which have ways of their own. */
    private static final Set<String> NOT_THESE = Set.of(
            "terraform.tfstate",
            "terraform.tfstate.backup",
            ".terraform.tfstate.lock.info",
            ".terraform.lock.hcl",
            "errored.tfstate");

    private WorkspaceFiles() {}

    /** All files below a folder. */
    static List<Path> list(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !NOT_THESE.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException cause) {
            throw new UncheckedIOException("can't list " + root, cause);
        }
    }

    /** Packs the files that were not there before. */
    static byte[] packNew(Path root, Set<Path> before) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (Path file : list(root)) {
                if (!before.contains(file)) {
                    zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("can't pack the files of " + root, cause);
        }
        return packed.toByteArray();
    }

    /** Lays packed files out again. */
    static void unpack(byte[] packed, Path root) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = root.resolve(entry.getName()).normalize();
                if (!file.startsWith(root)) {
                    throw new IOException("'" + entry.getName() + "' is outside of the workspace");
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("can't lay the plan's files into " + root, cause);
        }
    }
}
