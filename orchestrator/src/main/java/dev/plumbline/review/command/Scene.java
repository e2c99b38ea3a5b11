package dev.plumbline.review.command;

import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.Remote;
import dev.plumbline.review.Change;
import dev.plumbline.review.command.CommandBook.Row;
import dev.plumbline.stack.StackId;
import java.util.List;

/**
 * A command that may be done, and where.
 *
 * @param row how it was written
 * @param pull where the pull request stands on its forge
 * @param change that it is here
 * @param selection the stacks that it means
 */
record Scene(
        Command command,
        Row row,
        Remote remote,
        PullForge forge,
        PullDetail pull,
        Change change,
        StackSelection selection) {

    /** As the history names people of a forge. */
    String actor() {
        return row.actor(remote);
    }

    /** Whether the command names stacks, instead of meaning all. */
    boolean named() {
        return !command.stacks().isEmpty() || command.workspace().isPresent();
    }

    List<StackId> stacks() {
        return selection.folders().stream()
                .map(folder -> new StackId(change.repository(), folder))
                .toList();
    }
}
