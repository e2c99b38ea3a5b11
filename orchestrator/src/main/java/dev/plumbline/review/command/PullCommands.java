package dev.plumbline.review.command;

import dev.plumbline.forge.CommentListener;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.Remotes;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.RunEngine;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import java.util.Map;

/** Commands in comments on pull requests: the front door of this package. */
public final class PullCommands {
    private final Database database;
    private final Advances advances;
    private final CommandBook book;
    private final CommandIntake intake;
    private final CommandAdvance advance;

    /** @param forges by their names, those that have pull requests */
    public PullCommands(
            Database database,
            Advances advances,
            Reviews reviews,
            RunEngine engine,
            Remotes remotes,
            PullBook pulls,
            Reverts reverts,
            Map<String, PullForge> forges) {
        this.database = database;
        this.advances = advances;
        this.book = new CommandBook(database);
        this.intake = new CommandIntake(book, advances);
        this.advance = new CommandAdvance(
                database,
                advances,
                book,
                remotes,
                forges,
                new CommandActs(reviews, reverts, engine, pulls, new Gate()));
    }

    /** Where what is said on pull requests comes in. */
    public CommentListener intake() {
        return intake;
    }

    /** Advances commands. */
    public Map<String, Advancer> advancers() {
        return Map.of(CommandBook.KIND, advance);
    }

    /** To be called once at each start: what was left behind is gone on with. */
    public void recover() {
        database.change(transaction -> book.open().forEach(command -> advances.mark(transaction, command)));
    }
}
