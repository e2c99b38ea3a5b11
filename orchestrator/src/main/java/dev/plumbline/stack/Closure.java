package dev.plumbline.stack;

import dev.plumbline.git.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every file of the repository that a stack reads, and nothing else: what is exported to its workspace, and what decides
 * whether it changed.
 *
 * @param parts sorted by path, each path once
 */
public record Closure(List<Part> parts) {
    public Closure {
        parts = List.copyOf(parts);
    }

    /** Why a file belongs to it; the first that holds, in this order. */
    public enum Via {
        /** It stands in the stack's own folder. */
        STACK,
        /** It stands in the folder of a local module. */
        MODULE,
        /** {@code var_files} names it. */
        VAR_FILE,
        /** The code reads it by its path. */
        READ,
        /** {@code watch} names it; watched files are exported like all others, since something there must read them. */
        WATCH
    }

    /**
     * One file and why it is read.
     *
     * @param owner the stack's or module's folder; the empty string for the other kinds
     */
    public record Part(TreeEntry entry, Via via, String owner) {}

    /** The same files with other content in some of them, by path; empty where it holds none of those. */
    Optional<Closure> with(Map<String, TreeEntry> changed) {
        List<Part> now = null;
        for (Map.Entry<String, TreeEntry> entry : changed.entrySet()) {
            int at = indexOf(entry.getKey());
            if (at >= 0) {
                now = now == null ? new ArrayList<>(parts) : now;
                Part was = now.get(at);
                now.set(at, new Part(entry.getValue(), was.via(), was.owner()));
            }
        }
        return Optional.ofNullable(now).map(Closure::new);
    }

    private int indexOf(String path) {
        int low = 0;
        int high = parts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = parts.get(middle).entry().path().compareTo(path);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    /** What is exported, sorted by path. */
    public List<TreeEntry> entries() {
        return parts.stream().map(Part::entry).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Identifies the stack's code: SHA-256 over sorted paths, modes and object ids, in lower-case hexadecimal digits. Why a file
     * belongs here is not part of it.
     */
    public String hash() {
        MessageDigest digest = sha256();
        for (Part part : parts) {
            TreeEntry entry = part.entry();
            String line = entry.path() + "\0" + entry.mode().octal() + "\0" + entry.objectId() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
