package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.Catalogs;
import dev.plumbline.run.Run;
import dev.plumbline.stack.ShellWord;
import dev.plumbline.stack.StackId;
import java.util.List;
import java.util.Optional;

/** Says by which command people take back what was merged or applied. */
record TakingBack(Catalogs catalogs) {
    /** Nobody reverts more commits than that one by one. */
    private static final int LONGEST = 50;

    /**
     * By a change where it came of one, else by what undoes the push: {@code git revert} knows of a merge only against which of its
     * parents, and of a first push nothing that was there before.
     *
     * @param movement of the default branch
     */
    String command(Run apply, Optional<Change> change, Merges.Movement movement) {
        if (change.isPresent()) {
            return "plumbline revert " + change.get().typed();
        }
        StackId stack = apply.stack();
        String folder = ShellWord.of(stack.folder());
        CommitSha before = movement.before();
        if (before == null) {
            return "git rm -r " + folder + ", which destroys it once that is pushed and approved";
        }
        return revert(before, movement.after(), catalogs.mirror(stack.repository()))
                .orElse("git restore -s " + before.abbreviated() + " " + folder + ", and a commit of that");
    }

    /** What undoes a part of a branch by hand, whatever came after it: leaves conflicts where that changed the same lines. */
    static String byHand(MergedCommits commits, Mirror mirror) {
        return revert(commits.before(), commits.after(), mirror)
                .orElse("git diff " + commits.after().abbreviated() + " "
                        + commits.before().abbreviated() + " | git apply -3");
    }

    /** Empty where {@code git revert} knows no way: merges among several commits, or commits that are gone. */
    private static Optional<String> revert(CommitSha before, CommitSha after, Mirror mirror) {
        if (!mirror.has(before) || !mirror.has(after)) {
            return Optional.empty();
        }
        List<CommitSha> parents = mirror.commit(after).parents();
        if (!parents.isEmpty() && parents.get(0).equals(before)) {
            return Optional.of("git revert " + (parents.size() > 1 ? "-m 1 " : "") + after.abbreviated());
        }
        return line(mirror.between(before, after, LONGEST), before, mirror)
                ? Optional.of("git revert " + before.abbreviated() + ".." + after.abbreviated())
                : Optional.empty();
    }

    /** @param commits newest first */
    private static boolean line(List<CommitSha> commits, CommitSha before, Mirror mirror) {
        List<List<CommitSha>> parents =
                commits.stream().map(commit -> mirror.commit(commit).parents()).toList();
        return !parents.isEmpty()
                && parents.stream().allMatch(of -> of.size() == 1)
                && parents.get(parents.size() - 1).contains(before);
    }
}
