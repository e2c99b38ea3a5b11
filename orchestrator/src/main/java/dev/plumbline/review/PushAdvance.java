package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.RunEngine;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import java.util.Optional;

/** Turns a branch's movement into what it means: a change opened, moved or closed, or a merge with its promises. */
final class PushAdvance implements Advancer {
    private final Database database;
    private final Pushes pushes;
    private final Changes changes;
    private final FormerHeads formerHeads;
    private final MergeIntake merges;
    private final LateMerges lateMerges;
    private final Endings endings;
    private final Acts acts;
    private final RunEngine engine;
    private final Advances advances;
    private final Feed feed;
    private final PullBook pulls;
    private final Remotes remotes;

    PushAdvance(
            Database database,
            Pushes pushes,
            Changes changes,
            FormerHeads formerHeads,
            MergeIntake merges,
            LateMerges lateMerges,
            Endings endings,
            Acts acts,
            RunEngine engine,
            Advances advances,
            Feed feed,
            PullBook pulls,
            Remotes remotes) {
        this.database = database;
        this.pushes = pushes;
        this.changes = changes;
        this.formerHeads = formerHeads;
        this.merges = merges;
        this.lateMerges = lateMerges;
        this.endings = endings;
        this.acts = acts;
        this.engine = engine;
        this.advances = advances;
        this.feed = feed;
        this.pulls = pulls;
        this.remotes = remotes;
    }

    @Override
    public void advance(long id) {
        Optional<Pushes.Movement> found = pushes.find(id);
        if (found.isEmpty() || found.get().handled()) {
            return;
        }
        Pushes.Movement movement = found.get();
        Mirror mirror = engine.catalogs().mirror(movement.repository());
        Optional<Long> earlier = pushes.earlierPending(movement, mirror.mainBranch());
        if (earlier.isPresent()) {
            // It may have been written down by a push that was then refused; whoever is first marks the next one.
            advances.mark(Pushes.Movement.subject(earlier.get()));
            return;
        }
        CommitSha after = movement.after();
        if (!pushes.cameAbout(movement, mirror.branch(movement.branch()))) {
            database.change(transaction -> {
                pushes.forget(transaction, movement.id());
                next(transaction, movement, mirror);
            });
        } else if (after == null) {
            Optional<LateMerges.Late> late = lateMerges.of(movement, mirror);
            database.change(transaction -> closed(transaction, movement, late, mirror));
        } else if (movement.branch().equals(mirror.mainBranch())) {
            merges.takeIn(movement, after, mirror);
        } else {
            database.change(transaction -> opened(transaction, movement, after, mirror));
        }
        feed.wake();
    }

    private void closed(
            Transaction transaction, Pushes.Movement movement, Optional<LateMerges.Late> late, Mirror mirror) {
        if (late.filter(merged -> lateMerges.takeIn(transaction, merged, mirror))
                .isEmpty()) {
            changes.openOn(transaction.handle(), movement.repository(), movement.branch())
                    .ifPresent(change -> {
                        Optional<PullBook.Entry> pull = pulls.ofChange(transaction.handle(), change.number());
                        close(transaction, movement, change, why(pull, remotes.command(change.repository())));
                    });
        }
        pushes.handled(transaction, movement.id(), null);
        next(transaction, movement, mirror);
    }

    private void close(Transaction transaction, Pushes.Movement movement, Change change, String why) {
        endings.closed(transaction, change, movement.actor(), why);
        feed.say(transaction, movement.subject(), "change " + change.id() + " is closed");
    }

    private static String why(Optional<PullBook.Entry> pull, String command) {
        if (pull.isEmpty()) {
            return "its branch was deleted";
        }
        return pull.get().open() && pull.get().pull().foreign()
                ? "new commits came from the fork, which nobody vouched for: " + command + " plan "
                        + pull.get().pull().head() + " in a comment plans them"
                : "its pull request was closed";
    }

    private void opened(Transaction transaction, Pushes.Movement movement, CommitSha head, Mirror mirror) {
        Optional<CommitSha> main = mirror.main();
        Optional<Change> known = changes.openOn(transaction.handle(), movement.repository(), movement.branch());
        if (main.isPresent()
                && (mirror.isAncestor(head, main.get()) || merged(transaction, movement, main.get(), mirror))) {
            known.filter(change -> !change.head().equals(head))
                    .ifPresent(change ->
                            close(transaction, movement, change, "its branch has nothing any more that main lacks"));
            feed.say(
                    transaction,
                    movement.subject(),
                    TerminalText.safeLine(movement.branch()) + " has nothing that main lacks: no change to plan");
            pushes.handled(transaction, movement.id(), null);
            next(transaction, movement, mirror);
            return;
        }
        Optional<PullBook.Entry> pull =
                pulls.newestOf(transaction.handle(), movement.repository(), movement.branch(), mirror.mainBranch());
        known.filter(change -> !change.head().equals(head)).ifPresent(change -> {
            acts.withdraw(transaction, change, "newer commits came");
            formerHeads.remember(transaction, change);
        });
        long number = changes.open(
                transaction,
                movement.repository(),
                movement.branch(),
                head,
                TerminalText.safeLine(pull.map(entry -> entry.pull().title())
                        .orElseGet(() -> mirror.commit(head).subject())),
                movement.actor());
        transaction.record(
                movement.actor(),
                "change",
                Change.id(
                        movement.repository(),
                        number,
                        pull.map(entry -> entry.pull().number()).orElse(null)),
                (known.isPresent() ? "moved to " : "opened at ") + head.abbreviated() + " on " + movement.branch());
        pull.ifPresent(entry -> pulls.is(transaction, entry, number));
        pushes.handled(transaction, movement.id(), Change.subject(number));
        advances.mark(transaction, Change.subject(number));
        next(transaction, movement, mirror);
    }

    /** Whether main has it already, though perhaps not its commits: it may have been merged in the very look that found it. */
    private boolean merged(Transaction transaction, Pushes.Movement movement, CommitSha main, Mirror mirror) {
        return pulls.newestOf(transaction.handle(), movement.repository(), movement.branch(), mirror.mainBranch())
                .flatMap(entry -> Optional.ofNullable(entry.mergedAs()))
                .filter(commit -> mirror.has(commit) && mirror.isAncestor(commit, main))
                .isPresent();
    }

    /** Later movements may have waited for this one. */
    private void next(Transaction transaction, Pushes.Movement movement, Mirror mirror) {
        pushes.waitingFor(transaction.handle(), movement, mirror.mainBranch())
                .forEach(id -> advances.mark(transaction, Pushes.Movement.subject(id)));
    }
}
