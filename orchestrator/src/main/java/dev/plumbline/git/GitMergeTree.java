package dev.plumbline.git;

import dev.plumbline.git.MergePreview.Conflict;
import dev.plumbline.git.MergePreview.ConflictFile;
import dev.plumbline.git.MergePreview.Merged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks {@code git merge-tree --write-tree}, which follows renames; Git 2.38 or newer. It runs no code of the repository. */
final class GitMergeTree {
    private static final Logger LOG = LoggerFactory.getLogger(GitMergeTree.class);
    private static final long LIMIT_SECONDS = 60;

    private final Path gitDir;

    GitMergeTree(Path gitDir) {
        this.gitDir = gitDir;
    }

    /** Empty where Git can't say: it is missing, too old, failed or took too long; the log says which. */
    Optional<MergePreview> merge(String base, String head) throws IOException {
        Path out = Files.createTempFile("plumbline-merge", ".out");
        Path err = Files.createTempFile("plumbline-merge", ".err");
        try {
            Process git;
            try {
                git = command(base, head)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
            } catch (IOException e) {
                LOG.warn("git is not on the PATH, so renames are not followed in merges: {}", e.getMessage());
                return Optional.empty();
            }
            return answer(git, out, err);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static Optional<MergePreview> answer(Process git, Path out, Path err) throws IOException {
        if (!endedInTime(git)) {
            LOG.warn("git merge-tree took longer than {} s and was ended", LIMIT_SECONDS);
            return Optional.empty();
        }
        String[] fields = Files.readString(out, StandardCharsets.UTF_8).split("\0", -1);
        if (git.exitValue() == 0) {
            return Optional.of(new Merged(fields[0].strip()));
        }
        if (git.exitValue() == 1) {
            return Optional.of(new Conflict(conflicts(fields)));
        }
        LOG.warn(
                "git merge-tree failed with {} (it needs git 2.38 or newer): {}",
                git.exitValue(),
                Files.readString(err, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse(""));
        return Optional.empty();
    }

    private static boolean endedInTime(Process git) {
        try {
            if (git.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        git.destroyForcibly();
        return false;
    }

    private ProcessBuilder command(String base, String head) {
        List<String> words = new ArrayList<>(List.of("git", "--git-dir=" + gitDir));
        // rename limits are raised above Git's own for trees of thousands of stacks
        words.addAll(List.of("-c", "core.fsync=all", "-c", "merge.renameLimit=20000", "-c", "gc.auto=0"));
        words.addAll(List.of("merge-tree", "--write-tree", "-z", "--name-only", "--messages", base, head));
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.putAll(Map.of(
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "GIT_CONFIG_GLOBAL",
                "/dev/null",
                "GIT_TERMINAL_PROMPT",
                "0",
                "LC_ALL",
                "C"));
        return builder;
    }

    /** Fields: tree, conflicted paths, an empty one, then messages as count, that many paths, type, text. */
    private static List<ConflictFile> conflicts(String[] fields) {
        Map<String, String> what = new TreeMap<>();
        int at = 1;
        for (; at < fields.length && !fields[at].isEmpty(); at++) {
            what.put(fields[at], "conflict");
        }
        at++;
        while (at < fields.length && fields[at].matches("[0-9]{1,6}")) {
            int paths = Integer.parseInt(fields[at]);
            int type = at + 1 + paths;
            if (type + 1 >= fields.length) {
                break;
            }
            if (fields[type].startsWith("CONFLICT")) {
                for (int i = at + 1; i < type; i++) {
                    what.put(fields[i], words(fields[type], fields[type + 1]));
                }
            }
            at = type + 2;
        }
        return what.entrySet().stream()
                .map(each -> new ConflictFile(each.getKey(), each.getValue()))
                .toList();
    }

    private static String words(String type, String text) {
        // Git gives files added on both sides the type "contents" and tells them apart in the text only
        String told = text.startsWith("CONFLICT (add/add)") ? "add/add" : type;
        String kind = told.replaceAll("^CONFLICT \\(|\\)$", "").toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "contents" -> "both sides changed the same lines";
            case "modify/delete" -> "changed on one side, removed on the other";
            case "rename/rename" -> "moved to different places on both sides";
            case "rename/delete" -> "moved on one side, removed on the other";
            case "add/add" -> "added with different content on both sides";
            case "file/directory" -> "a file on one side, a folder on the other";
            case "directory rename suggested" -> "added to a folder that the other side moved";
            default -> kind;
        };
    }
}
