package dev.plumbline.cli.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What home and the folder for temporary files stand on, and whether promises can be kept there. */
final class Disks {
    private final Mounts mounts;

    Disks(Mounts mounts) {
        this.mounts = mounts;
    }

    /**
     * @param home need not be there yet
     * @param temporary where Java unpacks the database's own code
     */
    List<Finding> look(Path home, Path temporary) {
        List<Finding> found = new ArrayList<>();
        found.add(kind(mounts.under(Machine.existing(home).toAbsolutePath())));
        if (Files.isDirectory(home) && Files.isWritable(home)) {
            found.add(locks(home));
        }
        found.add(executes("home", home, "providers run from there", "Mount it without noexec, or name another home."));
        found.add(executes(
                "temporary files",
                temporary,
                "the database's own code is unpacked there",
                "Mount it without noexec, or name another folder: PLUMBLINE_JAVA_OPTS=-Djava.io.tmpdir=DIR."));
        return found;
    }

    /** @param mount on which home stands; empty where that isn't known */
    static Finding kind(Optional<Mounts.Mount> mount) {
        if (mount.isEmpty()) {
            return Finding.ok("file system", "unknown");
        }
        String type = mount.get().type();
        if (mount.get().remote()) {
            return Finding.warning(
                    "file system",
                    "home stands on " + type
                            + ", whose locks and fsync a database can't rely on: a crash may lose what was"
                            + " acknowledged",
                    "Use a folder of a local disk: --home DIR.");
        }
        return mount.get().inMemory()
                ? Finding.warning(
                        "file system",
                        "home stands on " + type + ": states are gone once the machine restarts",
                        "Use a folder of a disk: --home DIR.")
                : Finding.ok("file system", type);
    }

    /** Really tried, with a file that is removed again. */
    private static Finding locks(Path home) {
        Path probe = home.resolve("doctor.probe");
        try (FileChannel channel = FileChannel.open(
                probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            try (FileLock lock = channel.tryLock()) {
                channel.force(true);
                return lock != null && lock.isValid()
                        ? Finding.ok("locks", "home takes locks and fsync")
                        : Finding.warning("locks", "home takes no locks", "Use a folder of a local disk: --home DIR.");
            }
        } catch (IOException e) {
            return Finding.missing(
                    "locks",
                    "home takes no lock or no fsync (" + e.getMessage() + ")",
                    "Use a folder of a local disk: --home DIR.");
        }
    }

    private Finding executes(String about, Path folder, String why, String mend) {
        boolean executes = mounts.under(Machine.existing(folder).toAbsolutePath())
                .map(Mounts.Mount::executes)
                .orElse(true);
        return executes
                ? Finding.ok("programs in " + about, "may run")
                : Finding.missing("programs in " + about, folder + " is mounted noexec, and " + why, mend);
    }
}
