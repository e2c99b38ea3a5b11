package dev.plumbline.review;

import dev.plumbline.git.CommitInfo;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.TreeDifference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
     * Finds them in a movement of the default branch, which may have brought more than that one change: by the merge that its forge
     * names, by one that has its head as a parent, by its head itself, after a rebase by its commits made anew, after a squash by the
     * commit that its forge names, else by the files that it changed. Empty where that can't be told.
     *
     * @param named the commit that it became, as its forge says
     * @param moved where the branch was, and where it is since
     * @param others heads of other changes that the same movement brought
     */
    static Optional<MergedCommits> of(
            CommitSha head, Optional<CommitSha> named, MergedCommits moved, Set<CommitSha> others, Mirror mirror) {
        CommitSha before = moved.before();
        CommitSha after = moved.after();
        List<CommitSha> line = line(before, after, mirror);
        Optional<CommitSha> joins = named.filter(line::contains).filter(commit -> joins(commit, head, others, mirror));
        if (joins.isPresent()) {
            return joins.map(
                    commit -> new MergedCommits(mirror.commit(commit).parents().get(0), commit));
        }
        for (CommitSha commit : line) {
            List<CommitSha> parents = mirror.commit(commit).parents();
            if (parents.size() > 1 && parents.subList(1, parents.size()).contains(head)) {
                return Optional.of(new MergedCommits(parents.get(0), commit));
            }
        }
        if (line.contains(head)) {
            return line.subList(line.indexOf(head) + 1, line.size()).stream()
                    .filter(others::contains)
                    .findFirst()
                    .or(() -> only(mirror.mergeBases(before, head)))
                    .map(start -> new MergedCommits(start, head));
        }
        return only(mirror.mergeBases(after, head))
                .flatMap(fork -> rebased(mirror.between(fork, head, LONGEST), line, mirror)
                        .or(() -> named.filter(line::contains).flatMap(commit -> squashed(commit, fork, head, mirror)))
                        .or(() -> sameFiles(files(fork, head, mirror), head, line, mirror)));
    }

    /**
     * Whether a commit merges just that change. One whose branch was put on the base as it is may itself end with a merge, and a merge
     * of another change brings those along that it was built on.
     */
    private static boolean joins(CommitSha commit, CommitSha head, Set<CommitSha> others, Mirror mirror) {
        List<CommitSha> parents = mirror.commit(commit).parents();
        return parents.size() > 1
                && !mirror.isAncestor(commit, head)
                && parents.stream().skip(1).noneMatch(parent -> !parent.equals(head) && others.contains(parent));
    }

    /** The commit that all of it became, where it changes just the same files. */
    private static Optional<MergedCommits> squashed(CommitSha commit, CommitSha fork, CommitSha head, Mirror mirror) {
        return only(mirror.commit(commit).parents())
                .map(before -> new MergedCommits(before, commit))
                .filter(own -> files(own.before(), commit, mirror).equals(files(fork, head, mirror)));
    }

    private static <T> Optional<T> only(List<T> all) {
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /**
     * The part of the line that is those commits made anew: a rebase keeps their order, and of each who wrote it, when, and its message.
     *
     * @param own the commits of the change, newest first
     */
    private static Optional<MergedCommits> rebased(List<CommitSha> own, List<CommitSha> line, Mirror mirror) {
        List<Written> wanted = written(own, mirror);
        List<Written> there = written(line, mirror);
        int length = own.size();
        return only(IntStream.range(0, Math.max(0, line.size() - length))
                .filter(end -> there.subList(end, end + length).equals(wanted))
                .mapToObj(end -> new MergedCommits(line.get(end + length), line.get(end)))
                .toList());
    }

    private static List<Written> written(List<CommitSha> commits, Mirror mirror) {
        return commits.stream()
                .map(mirror::commit)
                .map(commit -> new Written(commit.author(), commit.message().strip()))
                .toList();
    }

    private record Written(CommitInfo.Person author, String message) {}

    /**
     * The shortest part of the line that changes just those files, and best of all to what they are at the head; empty where more
     * than one does.
     */
    private static Optional<MergedCommits> sameFiles(
            Set<String> files, CommitSha head, List<CommitSha> line, Mirror mirror) {
        List<MergedCommits> fitting = List.of();
        for (int length = 1; fitting.isEmpty() && length < line.size() && length <= LONGEST; length++) {
            int commits = length;
            fitting = IntStream.range(0, line.size() - commits)
                    .mapToObj(end -> new MergedCommits(line.get(end + commits), line.get(end)))
                    .filter(some -> files(some.before(), some.after(), mirror).equals(files))
                    .toList();
        }
        List<MergedCommits> same = fitting.stream()
                .filter(some -> Collections.disjoint(files(some.after(), head, mirror), files))
                .toList();
        return only(same.isEmpty() ? fitting : same);
    }

    /** Whether a commit is a merge of just that head. */
    static boolean joined(CommitSha commit, CommitSha head, Mirror mirror) {
        return mirror.has(commit)
                && mirror.commit(commit).parents().stream().skip(1).anyMatch(head::equals);
    }

    /** The merge that its plans would have rested on. */
    Change.Preview preview(CommitSha head, Mirror mirror) {
        return new Change.Preview(head, before, mirror.tree(after).id());
    }

    /** The files that it changes; of a moved file both names. */
    Set<String> files(Mirror mirror) {
        return files(before, after, mirror);
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
