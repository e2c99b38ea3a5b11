package dev.plumbline.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /** A field of a zip entry's own: id 0x4c50, one byte. */
    private static final byte[] EXECUTABLE = {0x50, 0x4c, 1, 0, 1};

    private WorkspaceFiles() {}

    /**
     * All files below a folder, each with what tells whether it was written since. Links are not followed: they could lead to what is
     * none of the stack's business.
     */
    static Map<Path, String> list(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            Map<Path, String> files = new TreeMap<>();
            for (Path file : (Iterable<Path>) all::iterator) {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile()
                        && !NOT_THESE.contains(file.getFileName().toString())) {
                    files.put(file, attributes.size() + " " + attributes.lastModifiedTime());
                }
            }
            return files;
        } catch (IOException cause) {
            throw new UncheckedIOException("can't list " + root, cause);
        }
    }

    /** Packs the files that were not there before, or were written since. */
    static byte[] packNew(Path root, Map<Path, String> before) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (Map.Entry<Path, String> file : list(root).entrySet()) {
                if (!file.getValue().equals(before.get(file.getKey()))) {
                    ZipEntry entry = new ZipEntry(root.relativize(file.getKey()).toString());
                    entry.setExtra(Files.isExecutable(file.getKey()) ? EXECUTABLE : new byte[0]);
                    zip.putNextEntry(entry);
                    Files.copy(file.getKey(), zip);
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
                Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
                boolean executable = Arrays.equals(entry.getExtra(), EXECUTABLE);
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("can't lay the plan's files into " + root, cause);
        }
    }
}
