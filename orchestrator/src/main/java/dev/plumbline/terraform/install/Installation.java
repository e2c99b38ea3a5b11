package dev.plumbline.terraform.install;

import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/**
 * The downloaded versions of one product, {@code home/terraform/1.11.4/terraform}: each fetched and verified once.
 *
 * <p>Safe for use by several threads and several servers on one home.
 */
final class Installation {
    private final Path folder;
    private final ReleaseSite site;
    private final ReleaseDownload download;
    private final ReentrantLock installing = new ReentrantLock();

    Installation(Path home, ReleaseSite site, ReleaseDownload download) {
        this.folder = folder(home, site.product());
        this.site = site;
        this.download = download;
    }

    private static Path folder(Path home, TerraformBinary.Product product) {
        return home.toAbsolutePath().resolve(product.program());
    }

    Path folder() {
        return folder;
    }

    private Path program(TerraformVersion version) {
        return program(folder, site.product(), version);
    }

    private static Path program(Path folder, TerraformBinary.Product product, TerraformVersion version) {
        return folder.resolve(version.toString()).resolve(product.program());
    }

    /** What is here already, the newest first. */
    List<TerraformVersion> versions() throws IOException {
        return inFolder(folder, site.product());
    }

    /** What is in a home already, the newest first; nothing is made there. */
    static List<TerraformVersion> versions(Path home, TerraformBinary.Product product) throws IOException {
        return inFolder(folder(home, product), product);
    }

    private static List<TerraformVersion> inFolder(Path folder, TerraformBinary.Product product) throws IOException {
        List<TerraformVersion> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
                inside.forEach(each -> TerraformVersion.parse(each.getFileName().toString())
                        .filter(version -> Files.isExecutable(program(folder, product, version)))
                        .ifPresent(found::add));
            }
        }
        found.sort(Comparator.reverseOrder());
        return found;
    }

    /** Every release that the site has. */
    List<TerraformVersion> offered() throws IOException, InstallException, InterruptedException {
        makeFolder(folder);
        Path scratch = Files.createTempDirectory(folder, ".next");
        try {
            return ReleaseIndex.read(download.small(site.index(), scratch));
        } catch (JacksonException none) {
            throw new InstallException(
                    "The list of releases is not JSON", site.index().toString());
        } finally {
            discard(scratch);
        }
    }

    /** The program of that version; downloaded and verified where it is not here yet. */
    Path require(TerraformVersion version) throws IOException, InstallException, InterruptedException {
        makeFolder(folder);
        Path program = program(version);
        if (Files.isExecutable(program)) {
            return program;
        }
        // The file's lock keeps other processes out, the thread's lock other threads: Java refuses the first for them.
        installing.lockInterruptibly();
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.isExecutable(program) && lock.isValid()) {
                install(version, program);
            }
        } finally {
            installing.unlock();
        }
        return program;
    }

    private void install(TerraformVersion version, Path program)
            throws IOException, InstallException, InterruptedException {
        Path scratch = Files.createTempDirectory(folder, ".next");
        try {
            download.fetch(version.toString(), platform(), scratch);
            makeFolder(folder.resolve(version.toString()));
            Files.move(scratch.resolve(site.product().program()), program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            discard(scratch);
        }
    }

    /** As in the names of releases. */
    static String platform() {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "");
        return system + "_" + (machine.equals("aarch64") ? "arm64" : "amd64");
    }

    static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void discard(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
