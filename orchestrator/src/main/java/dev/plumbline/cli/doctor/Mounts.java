package dev.plumbline.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The mounted file systems, as Linux tells of them in {@code /proc/self/mounts} (proc(5)). */
final class Mounts {
    /** Whose locks or fsync are another machine's word, or none at all. */
    private static final Set<String> REMOTE =
            Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "afs", "ceph", "glusterfs", "virtiofs");

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final List<Mount> mounts;

    private Mounts(List<Mount> mounts) {
        this.mounts = mounts;
    }

    /** One of them. */
    record Mount(Path at, String type, Set<String> options) {
        /** Whether a database there can't rely on what it has written, or on its locks. */
        boolean remote() {
            return REMOTE.contains(type) || type.startsWith("fuse.");
        }

        /** Whether a restart of the machine empties it. */
        boolean inMemory() {
            return IN_MEMORY.contains(type);
        }

        boolean executes() {
            return !options.contains("noexec");
        }
    }

    /** @param root where the system's files are looked for; without that list, nothing is known */
    static Mounts of(Path root) {
        try {
            return parse(Files.readString(root.resolve("proc/self/mounts"), StandardCharsets.UTF_8));
        } catch (IOException unknown) {
            return new Mounts(List.of());
        }
    }

    static Mounts parse(String text) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(" ");
            if (fields.length >= 4) {
                Path at = Path.of(fields[1].replace("\\040", " "));
                mounts.add(new Mount(at, fields[2], Set.copyOf(Arrays.asList(fields[3].split(",")))));
            }
        }
        return new Mounts(mounts);
    }

    /** What a folder stands on. */
    Optional<Mount> under(Path folder) {
        // Of several on one folder the latest counts: it hides the others.
        return mounts.stream()
                .filter(mount -> folder.startsWith(mount.at()))
                .reduce((one, other) ->
                        Comparator.<Mount>comparingInt(mount -> mount.at().getNameCount())
                                                .compare(one, other)
                                        > 0
                                ? one
                                : other);
    }
}
