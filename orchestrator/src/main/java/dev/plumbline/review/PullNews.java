package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullListener;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Transaction;

/** What people say of pull requests: by labels, drafts and titles, and their changes are decided on anew; or by reviews. */
final class PullNews implements PullListener {
    private final Changes changes;
    private final ChangeApprovals approvals;
    private final Advances advances;

    PullNews(Changes changes, ChangeApprovals approvals, Advances advances) {
        this.changes = changes;
        this.approvals = approvals;
        this.advances = advances;
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
