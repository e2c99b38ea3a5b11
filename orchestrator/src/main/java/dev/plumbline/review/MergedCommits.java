package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.TreeDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a merged change is on the default branch.
 *
 * @param before the branch without it
 * @param after the branch with it
 */
public record MergedCommits(CommitSha before, CommitSha after) {
    /** A rebase of more commits at once is not looked for. */
    private static final int LONGEST = 50;

    /**
     * Finds them in a movement of the default branch, which may have brought more than that one change: by the merge that names
     * its head, by its head itself, else, after a squash or a rebase, by the files that it changed.
     *
     * @param before where the branch was
     * @param after and where it is since
     */
    static Optional<MergedCommits> of(CommitSha head, CommitSha before, CommitSha after, Mirror mirror) {
        List<CommitSha> line = line(before, after, mirror);
        for (CommitSha commit : line) {
            List<CommitSha> parents = mirror.commit(commit).parents();
            if (parents.size() > 1 && parents.subList(1, parents.size()).contains(head)) {
                return Optional.of(new MergedCommits(parents.get(0), commit));
            }
        }
        List<CommitSha> forks = mirror.mergeBases(before, head);
        if (forks.size() != 1) {
            return Optional.empty();
        }
        if (line.contains(head)) {
            return Optional.of(new MergedCommits(forks.get(0), head));
        }
        return sameFiles(files(forks.get(0), head, mirror), line, mirror);
    }

    /** The shortest part of the line that changes just those files. */
    private static Optional<MergedCommits> sameFiles(Set<String> files, List<CommitSha> line, Mirror mirror) {
        for (int length = 1; length < line.size() && length <= LONGEST; length++) {
            for (int end = 0; end + length < line.size(); end++) {
                MergedCommits some = new MergedCommits(line.get(end + length), line.get(end));
                if (files(some.before(), some.after(), mirror).equals(files)) {
                    return Optional.of(some);
                }
            }
        }
        return Optional.empty();
    }

    private static Set<String> files(CommitSha before, CommitSha after, Mirror mirror) {
        return TreeDifference.between(mirror.tree(before), mirror.tree(after)).stream()
                .flatMap(file -> Stream.concat(Stream.of(file.path()), file.oldPath().stream()))
                .collect(Collectors.toSet());
    }

    /** From the newest commit by its first parents down to where the branch was. */
    private static List<CommitSha> line(CommitSha before, CommitSha after, Mirror mirror) {
        List<CommitSha> line = new ArrayList<>(List.of(after));
        while (line.size() <= 2 * LONGEST && !line.get(line.size() - 1).equals(before)) {
            List<CommitSha> parents = mirror.commit(line.get(line.size() - 1)).parents();
            if (parents.isEmpty()) {
                break;
            }
            line.add(parents.get(0));
        }
        return line;
    }
}
