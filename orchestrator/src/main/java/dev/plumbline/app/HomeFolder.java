package dev.plumbline.app;

import dev.plumbline.cli.CliException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything a server keeps; open to its owner only, and to one server at a time. */
final class HomeFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private HomeFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes it where it is missing, and takes it. */
    static HomeFolder take(Path path) {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw CliException.error(
                        "Another server runs on the home " + path + ".",
                        "Stop it first, or give this one another home with --home DIR.");
            }
            return new HomeFolder(path, channel);
        } catch (IOException cause) {
            throw CliException.error(
                    "The home " + path + " can't be used: " + reason(cause) + ".",
                    "Give a folder that this user may write to with --home DIR, and see that the disk has room.");
        }
    }

    /** Java names the class of the failure, and leaves the rest to its reader. */
    private static String reason(IOException cause) {
        if (cause instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is a file, not a folder";
        }
        if (cause instanceof NoSuchFileException) {
            return "it can't be made there";
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + " is not open to this user";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason().equals("Operation not permitted")
                    ? failed.getFile() + " belongs to another user"
                    : failed.getReason();
        }
        return String.valueOf(cause.getMessage());
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        } catch (IOException none) {
            throw new IOException(
                    "its disk keeps no locks (" + none.getMessage()
                            + "), so nothing would keep two servers apart there; a disk of this machine does",
                    none);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The lock ends with the process anyway.
        }
    }
}
