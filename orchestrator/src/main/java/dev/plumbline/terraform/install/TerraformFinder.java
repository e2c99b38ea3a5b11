package dev.plumbline.terraform.install;

import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Finds Terraform: the configured program, else the one on the search path, else the pinned release, which is
 * downloaded once and kept below {@code home/terraform}.
 *
 * <p>Safe for use by several threads and several servers on one home.
 */
public final class TerraformFinder {
    /** HashiCorp's own site. */
    public static final URI RELEASES = URI.create("https://releases.hashicorp.com");

    /** The release that is downloaded where none is installed. */
    public static final TerraformVersion PINNED = new TerraformVersion(1, 11, 4, "");

    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(10);

    private final Path installed;
    private final SearchPath searchPath;
    private final ReleaseDownload download;
    private final VersionProbe probe;
    private final ReentrantLock installing = new ReentrantLock();

    /**
     * @param home the server's home
     * @param mirror a site laid out as {@link #RELEASES}
     * @param key the key that signs the mirror's releases
     */
    public TerraformFinder(
            Path home, SearchPath searchPath, URI mirror, ReleaseKey key, HttpClient http, CommandRunner runner) {
        this.installed = home.toAbsolutePath().resolve("terraform");
        this.searchPath = searchPath;
        this.download = new ReleaseDownload(http, mirror, key, DOWNLOAD_LIMIT);
        this.probe = new VersionProbe(runner);
    }

    /**
     * Finds a program.
     *
     * @param configured the only one that may be used, where given
     * @param accepted versions that may be used; others on the search path are passed over
     */
    public FinderOutcome find(Optional<Path> configured, Predicate<TerraformVersion> accepted)
            throws InterruptedException {
        try {
            makeFolder(installed);
            if (configured.isPresent()) {
                return configured(configured.get().toAbsolutePath(), accepted);
            }
            Optional<TerraformBinary> onPath = searchPath
                    .find("terraform")
                    .or(() -> searchPath.find("tofu"))
                    .flatMap(program -> probe.probe(program, installed))
                    .filter(binary -> accepted.test(binary.version()));
            if (onPath.isPresent()) {
                return new FinderOutcome.Found(onPath.get());
            }
            if (!accepted.test(PINNED)) {
                return new FinderOutcome.NotFound(
                        "No Terraform of an accepted version is installed, and the release that could be downloaded, "
                                + PINNED + ", is not accepted either",
                        searchPath.folders().toString(),
                        "Install a version that the code's required_version accepts");
            }
            return pinned();
        } catch (IOException e) {
            return new FinderOutcome.NotFound(
                    "Terraform can't be kept there: " + e.getMessage(),
                    installed.toString(),
                    "Check the folder's owner and the disk's space");
        }
    }

    private FinderOutcome configured(Path program, Predicate<TerraformVersion> accepted) {
        Optional<TerraformBinary> binary = probe.probe(program, installed);
        if (binary.isEmpty()) {
            return new FinderOutcome.NotFound(
                    "The configured program is not a Terraform that runs",
                    program.toString(),
                    "Correct its path in the server's configuration");
        }
        if (!accepted.test(binary.get().version())) {
            return new FinderOutcome.NotFound(
                    "The configured Terraform has version " + binary.get().version() + ", which is not accepted",
                    program.toString(),
                    "Install a version that the code's required_version accepts");
        }
        return new FinderOutcome.Found(binary.get());
    }

    private FinderOutcome pinned() throws IOException, InterruptedException {
        Path program = installed.resolve(PINNED.toString()).resolve("terraform");
        // The file's lock keeps other processes out, the thread's lock other threads: Java refuses the first for them.
        installing.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(
                        installed.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.isExecutable(program) && lock.isValid()) {
                install(program);
            }
        } catch (InstallException e) {
            return e.outcome();
        } finally {
            installing.unlock();
        }
        return probe.probe(program, installed)
                .<FinderOutcome>map(FinderOutcome.Found::new)
                .orElseGet(() -> new FinderOutcome.NotFound(
                        "The downloaded Terraform does not run on this machine",
                        program.toString(),
                        "Install Terraform by hand, put it on PATH, and delete that folder"));
    }

    private void install(Path program) throws IOException, InstallException, InterruptedException {
        Path folder = Files.createTempDirectory(installed, ".next");
        try {
            download.fetch(PINNED.toString(), platform(), folder);
            makeFolder(installed.resolve(PINNED.toString()));
            Files.move(folder.resolve("terraform"), program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            discard(folder);
        }
    }

    /** As in the names of releases. */
    static String platform() {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "");
        return system + "_" + (machine.equals("aarch64") ? "arm64" : "amd64");
    }

    private static void makeFolder(Path folder) throws IOException {
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
