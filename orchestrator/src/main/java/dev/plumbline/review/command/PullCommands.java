package dev.plumbline.review.command;

import dev.plumbline.config.Floor;
import dev.plumbline.forge.CommentListener;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.Remotes;
import dev.plumbline.review.Change;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.right.Matters;
import dev.plumbline.run.RunEngine;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Commands in comments on pull requests: the front door of this package. */
public final class PullCommands {
    private final Database database;
    private final Advances advances;
    private final Reviews reviews;
    private final CommandBook book;
    private final CommandIntake intake;
    private final CommandAdvance advance;
    private final Ballot ballot;

    /**
     * @param forges by their names, those that have pull requests
     * @param floors what repositories' own rules may not loosen
     */
    public PullCommands(
            Database database,
            Advances advances,
            Reviews reviews,
            RunEngine engine,
            Remotes remotes,
            PullBook pulls,
            Reverts reverts,
            Map<String, PullForge> forges,
            List<Floor> floors,
            Clock clock) {
        this.database = database;
        this.advances = advances;
        this.reviews = reviews;
        this.book = new CommandBook(database);
        this.intake = new CommandIntake(book, advances);
        Gate gate = new Gate(reviews, new Matters(engine.catalogs()), floors);
        GivenApprovals given = new GivenApprovals(reviews.approvals(), pulls);
        OpenBallot open = new OpenBallot(database, reviews, given, gate, clock);
        this.ballot = new Ballot(database, advances, reviews, remotes, pulls, forges, given, open, gate);
        LookRequests looks = new LookRequests(database, advances);
        PromisedActs promised = new PromisedActs(reviews, reverts, pulls, gate);
        PullApply apply = new PullApply(
                reviews.earlyApply(), reviews.approvals(), given, gate, promised, pulls, database, looks, clock);
        CommandActs acts = new CommandActs(
                reviews,
                engine,
                pulls,
                gate,
                new ForkActs(database, pulls, looks),
                apply,
                new OpenActs(reviews, pulls, apply, promised, advances),
                promised,
                clock);
        this.advance = new CommandAdvance(database, advances, book, remotes, forges, acts, clock);
    }

    /** Where what is said on pull requests comes in. */
    public CommentListener intake() {
        return intake;
    }

    /** Advances commands, and counts approvals. */
    public Map<String, Advancer> advancers() {
        return Map.of(CommandBook.KIND, advance, Change.BALLOT, ballot);
    }

    /** To be called once at each start: what was left behind is gone on with, and what floors of server.yaml ask for is counted anew. */
    public void recover() {
        database.change(transaction -> {
            book.open().forEach(command -> advances.mark(transaction, command));
            reviews.openChanges().stream()
                    .filter(change -> change.pull() != null)
                    .forEach(change -> advances.mark(transaction, change.ballot()));
        });
    }
}
