package dev.plumbline.git;

import dev.plumbline.git.Export.Done;
import dev.plumbline.git.Export.Refused;
import dev.plumbline.git.Export.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lays files of a tree into a folder, for their owner's eyes only: files 600, executable ones and folders 700. Nothing is
 * written outside that folder, whatever the tree holds.
 */
public final class TreeExport {
    /** Longer than any link's target, too. */
    private static final int LONGEST_LFS_POINTER = 1 << 12;

    /** The first line of what Git LFS commits in a file's place. */
    private static final byte[] LFS =
            "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.US_ASCII);

    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = attribute("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE = attribute("rwx------");

    private final SourceTree tree;
    private final Path target;
    private final List<Skipped> skipped = new ArrayList<>();
    private int written;

    private TreeExport(SourceTree tree, Path target) {
        this.tree = tree;
        this.target = target;
    }

    /**
     * Writes the entries. Files come first and links last, so that no file is ever written through a link. A link may
     * climb from its own folder and then go down, all inside the target; a link that is absolute, climbs out, or climbs
     * again after going down (through another link, that could lead anywhere) is refused.
     *
     * @param target absent, or without any file or link
     * @throws GitException where the target has content or the disk can't be written
     */
    public static Export export(SourceTree tree, Collection<TreeEntry> entries, Path target) {
        try {
            Files.createDirectories(target, FOLDER);
            try (Stream<Path> content = Files.walk(target)) {
                if (content.anyMatch(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
                    throw new GitException(target + " is not empty: files are laid out into an empty folder only");
                }
            }
            return new TreeExport(tree, target).lay(entries.stream().sorted().toList());
        } catch (IOException e) {
            throw new GitException("can't lay files into " + target + ": " + e.getMessage(), e);
        }
    }

    private Export lay(List<TreeEntry> entries) throws IOException {
        for (TreeEntry entry : entries) {
            Optional<Refused> refused = fault(entry);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        for (TreeEntry entry : entries) {
            if (entry.mode() != TreeEntry.Mode.LINK) {
                write(entry);
            }
        }
        for (TreeEntry entry : entries) {
            if (entry.mode() == TreeEntry.Mode.LINK) {
                write(entry);
            }
        }
        return new Done(
                written,
                skipped.stream().sorted((a, b) -> a.path().compareTo(b.path())).toList());
    }

    private void write(TreeEntry entry) throws IOException {
        if (entry.mode() == TreeEntry.Mode.SUBMODULE) {
            skip(entry, "it is a submodule, which is not fetched: use a module source with ?ref= instead");
            return;
        }
        try (InputStream content = tree.open(entry)) {
            byte[] start = content.readNBytes(LONGEST_LFS_POINTER + 1);
            if (isLfsPointer(start)) {
                skip(entry, "it is a Git LFS pointer, and LFS objects are not fetched: commit the file itself");
                return;
            }
            Path place = target.resolve(entry.path());
            Files.createDirectories(place.getParent(), FOLDER);
            if (entry.mode() == TreeEntry.Mode.LINK) {
                Files.createSymbolicLink(place, Path.of(text(start)));
            } else {
                writeFile(place, start, content, entry.mode() == TreeEntry.Mode.EXECUTABLE ? EXECUTABLE : FILE);
            }
            written++;
        } catch (InvalidPathException e) {
            skip(entry, "this process can't write such a name: start it with LC_ALL=C.UTF-8");
        }
    }

    private static void writeFile(
            Path place, byte[] start, InputStream rest, FileAttribute<Set<PosixFilePermission>> mode)
            throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(place, options, mode);
                OutputStream out = java.nio.channels.Channels.newOutputStream(channel)) {
            out.write(start);
            rest.transferTo(out);
        }
    }

    private Optional<Refused> fault(TreeEntry entry) {
        for (String name : entry.path().split("/", -1)) {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.indexOf('\0') >= 0
                    || name.toLowerCase(Locale.ROOT).equals(".git")) {
                return Optional.of(new Refused(entry.path(), "'" + name + "' can't be a name in a tree"));
            }
        }
        return entry.mode() == TreeEntry.Mode.LINK ? linkFault(entry) : Optional.empty();
    }

    private Optional<Refused> linkFault(TreeEntry entry) {
        String to = text(tree.read(entry));
        if (to.isEmpty() || to.startsWith("/") || to.indexOf('\0') >= 0) {
            return Optional.of(
                    new Refused(entry.path(), "the link points to '" + to + "', which is not inside the repository"));
        }
        int depth = (int) entry.path().chars().filter(c -> c == '/').count();
        boolean down = false;
        for (String name : to.split("/", -1)) {
            if (name.equals("..")) {
                depth--;
                if (down || depth < 0) {
                    return Optional.of(new Refused(
                            entry.path(),
                            "the link points to '" + to + "', which "
                                    + (down ? "climbs after going down" : "is outside the repository")));
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                down = true;
            }
        }
        return Optional.empty();
    }

    private void skip(TreeEntry entry, String why) {
        skipped.add(new Skipped(entry.path(), why));
    }

    private static boolean isLfsPointer(byte[] content) {
        return content.length <= LONGEST_LFS_POINTER
                && content.length >= LFS.length
                && Arrays.equals(content, 0, LFS.length, LFS, 0, LFS.length);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
