package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.Remote;
import dev.plumbline.review.command.Outcome.Refused;
import java.util.Locale;
import java.util.Optional;

/** Whether somebody may have a command done, as the forge says at this moment. */
final class Gate {

    /** What keeps it from being done; empty where nothing does. */
    Optional<Outcome> against(Verb verb, String author, Remote remote, PullForge forge) {
        Answer<Permission> permission = forge.permission(remote, author);
        if (permission instanceof Answer.Failed<Permission> failed) {
            return Optional.of(CommandActs.unasked(failed.trouble()));
        }
        Permission needed =
                verb == Verb.UNLOCK ? Permission.ADMIN : verb == Verb.PLAN ? Permission.READ : Permission.WRITE;
        Permission has = ((Answer.Given<Permission>) permission).value();
        return has.compareTo(needed) >= 0
                ? Optional.empty()
                : Optional.of(new Refused(author + " may not do this: it takes the permission "
                        + needed.name().toLowerCase(Locale.ROOT)));
    }
}
