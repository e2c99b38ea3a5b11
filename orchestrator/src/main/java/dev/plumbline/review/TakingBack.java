package dev.plumbline.review;

import dev.plumbline.git.CommitInfo;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.Catalogs;
import dev.plumbline.run.Run;
import dev.plumbline.stack.ShellWord;
import dev.plumbline.stack.StackId;
import java.util.Optional;

/** Says by which command people take an apply back. */
record TakingBack(Catalogs catalogs) {

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
        Mirror mirror = catalogs.mirror(stack.repository());
        if (mirror.has(movement.after())) {
            CommitInfo after = mirror.commit(movement.after());
            if (!after.parents().isEmpty() && after.parents().get(0).equals(before)) {
                return "git revert " + (after.parents().size() > 1 ? "-m 1 " : "")
                        + movement.after().abbreviated();
            }
        }
        return "git restore -s " + before.abbreviated() + " " + folder + ", and a commit of that";
    }
}
