package dev.plumbline.localforge;

import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bare repository, worked on by the real Git. */
public final class BareRepository {
    private static final String HEADS = "refs/heads/";

    private final GitClient git;

    public BareRepository(Path folder) {
        this.git = new GitClient(folder);
    }

    /** Makes an empty one whose default branch is main. */
    public static BareRepository init(Path folder) {
        GitClient.init(folder.resolveSibling(folder.getFileName() + ".begin"))
                .run("init", "-q", "--bare", "-b", "main", folder.toString());
        return new BareRepository(folder);
    }

    /** Where the branches are. */
    public Map<String, String> heads() {
        Map<String, String> heads = new LinkedHashMap<>();
        lines("for-each-ref", "--format=%(refname) %(objectname)", HEADS).forEach(line -> {
            String[] parts = line.split(" ");
            heads.put(parts[0].substring(HEADS.length()), parts[1]);
        });
        return heads;
    }

    public Optional<String> commit(String revision) {
        GitClient.Ended ended = git.tryRun("rev-parse", "--verify", "--quiet", revision + "^{commit}");
        return ended.exit() == 0 ? Optional.of(ended.output().strip()) : Optional.empty();
    }

    public boolean contains(String commit, String ancestor) {
        return git.tryRun("merge-base", "--is-ancestor", ancestor, commit).exit() == 0;
    }

    public void set(String ref, String commit) {
        git.run("update-ref", ref, commit);
    }

    public void delete(String ref) {
        git.run("update-ref", "-d", ref);
    }

    /** Takes over what another repository has. */
    public void fetch(BareRepository other, String branch, String into) {
        git.run("fetch", "-q", other.git.folder().toString(), "+" + HEADS + branch + ":" + into);
    }

    /** Commits that one has and the other lacks, the oldest first. */
    public List<String> between(String base, String head) {
        return lines("rev-list", "--reverse", base + ".." + head);
    }

    /** One of a commit's own words, as {@code git log} formats it. */
    public String word(String commit, String format) {
        return git.run("log", "-1", "--format=" + format, commit);
    }

    /** The tree of both; empty where they conflict. */
    public Optional<String> merged(String base, String head) {
        GitClient.Ended ended = git.tryRun("merge-tree", "--write-tree", base, head);
        return ended.exit() == 0 ? ended.output().lines().findFirst() : Optional.empty();
    }

    public String commit(String tree, String message, String... parents) {
        String[] words = new String[4 + 2 * parents.length];
        words[0] = "commit-tree";
        words[1] = tree;
        words[2] = "-m";
        words[3] = message;
        for (int i = 0; i < parents.length; i++) {
            words[4 + 2 * i] = "-p";
            words[5 + 2 * i] = parents[i];
        }
        return git.run(words);
    }

    /** What a commit becomes on top of another one. */
    public String replayed(String commit, String onto) {
        String tree = git.run("merge-tree", "--write-tree", "--merge-base=" + commit + "^", onto, commit);
        return commit(tree, word(commit, "%B"), onto);
    }

    private List<String> lines(String... words) {
        return Arrays.stream(git.run(words).split("\n"))
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
