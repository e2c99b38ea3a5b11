package dev.plumbline.review;

import dev.plumbline.forge.Outbox;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullListener;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.run.Catalogs;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Transaction;
import java.util.Objects;
import java.util.Optional;

/** What people say of pull requests: by labels, drafts and titles, and their changes are decided on anew; or by reviews. */
final class PullNews implements PullListener {
    private final Changes changes;
    private final ChangeApprovals approvals;
    private final PullBook pulls;
    private final Catalogs catalogs;
    private final Outbox outbox;
    private final Advances advances;

    PullNews(
            Changes changes,
            ChangeApprovals approvals,
            PullBook pulls,
            Catalogs catalogs,
            Outbox outbox,
            Advances advances) {
        this.changes = changes;
        this.approvals = approvals;
        this.pulls = pulls;
        this.catalogs = catalogs;
        this.outbox = outbox;
        this.advances = advances;
    }

    /**
     * Where its branch stands as a change already, that of a pull request which was closed since it was looked at last, it takes the
     * place of that one: nothing moves that would say so. One that was merged keeps its own.
     */
    @Override
    public void opened(Transaction transaction, PullBook.Entry now) {
        PullRequest pull = now.pull();
        Optional<Change> standing = pull.foreign()
                ? Optional.empty()
                : changes.openOn(transaction.handle(), now.repository(), pull.branch());
        standing.filter(change -> !Objects.equals(change.number(), now.change()))
                .filter(change -> catalogs.mirror(now.repository()).mainBranch().equals(pull.base()))
                .filter(change -> pulls.ofChange(transaction.handle(), change.number())
                        .filter(entry -> entry.mergedAs() != null)
                        .isEmpty())
                .ifPresent(change -> {
                    pulls.is(transaction, now, change.number());
                    changes.entitle(transaction, change.number(), TerminalText.safeLine(pull.title()));
                    outbox.tellProgress(transaction, now.repository(), change.head(), change.subject());
                    advances.mark(transaction, change.subject());
                });
    }

    @Override
    public void changed(Transaction transaction, PullBook.Entry before, PullRequest now) {
        Long number = before.change();
        if (number == null) {
            return;
        }
        // A review may have come, which moves nothing else.
        advances.mark(transaction, Change.ballot(number));
        if (saysTheSame(before.pull(), now)) {
            return;
        }
        changes.entitle(transaction, number, TerminalText.safeLine(now.title()));
        if (asksForAll(before.pull()) != asksForAll(now)) {
            changes.forgetPreview(transaction, number);
        }
        advances.mark(transaction, Change.subject(number));
    }

    @Override
    public void looked(Transaction transaction, String repository) {
        approvals
                .lacking(transaction.handle(), repository)
                .forEach(change -> advances.mark(transaction, Change.ballot(change)));
    }

    private static boolean saysTheSame(PullRequest before, PullRequest now) {
        return before.title().equals(now.title())
                && before.draft() == now.draft()
                && before.labels().equals(now.labels());
    }

    private static boolean asksForAll(PullRequest pull) {
        return pull.labels().contains(ChangeAdvance.PLAN_ALL);
    }
}
