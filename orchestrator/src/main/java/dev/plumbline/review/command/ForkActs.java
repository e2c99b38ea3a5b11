package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.review.command.CommandBook.Row;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Later;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.store.Database;
import java.util.Optional;

/**
 * What can be asked on a pull request from a fork. What it would run is code of somebody who may not write here: whoever may must
 * have read just the commit that is planned, so that it is named by all of its digits.
 */
final class ForkActs {
    private final Database database;
    private final PullBook pulls;
    private final LookRequests looks;

    ForkActs(Database database, PullBook pulls, LookRequests looks) {
        this.database = database;
        this.pulls = pulls;
        this.looks = looks;
    }

    /** Whether a pull request comes from a fork, and nobody vouched for it as it is. */
    boolean concerns(PullDetail pull, Remote remote) {
        PullRequest request = pull.pull();
        return pull.open()
                && request.foreign()
                && !request.head().equals(pulls.vouched(remote.repository()).get(request.number()));
    }

    Outcome perform(Command command, Row row, PullRequest pull, Remote remote, PullForge forge) {
        Optional<PullBook.Entry> entry = pulls.find(remote.repository(), pull.number());
        if (entry.isEmpty()) {
            return new Later("it was not looked at yet", false);
        }
        String head = pull.head().hex();
        if (command.verb() != Verb.PLAN
                || command.reference().filter(head::equals).isEmpty()) {
            return new Refused("it comes from a fork: read what it would run, then "
                    + remote.forge().command() + " plan " + head
                    + " plans that commit; nothing else can be done with it before");
        }
        Answer<Permission> permission = forge.permission(remote, row.author());
        if (permission instanceof Answer.Failed<Permission> failed) {
            return Outcome.of(failed.trouble());
        }
        if (((Answer.Given<Permission>) permission).value().compareTo(Permission.WRITE) < 0) {
            return new Refused(row.author() + " may not have a fork planned: that takes write permission here");
        }
        String actor = row.actor(remote);
        String what = "pull request " + pull.number() + " at " + head + " from a fork may be planned";
        database.change(transaction -> {
            pulls.vouch(transaction, entry.get(), pull.head(), actor);
            transaction.record(actor, "fork", remote.repository(), what);
            looks.hurry(transaction, remote.repository());
        });
        return Done.silently();
    }
}
