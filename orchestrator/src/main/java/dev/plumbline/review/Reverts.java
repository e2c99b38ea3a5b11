package dev.plumbline.review;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.Proposals;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Reversal;
import dev.plumbline.git.server.Push;
import dev.plumbline.git.server.RefChange;
import dev.plumbline.run.Catalogs;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.report.Markdown;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Takes merged changes back: by another change, which is planned, reviewed and merged like any other. */
public final class Reverts {
    private final Database database;
    private final Function<Change, Optional<MergedCommits>> merged;
    private final EarlyApply early;
    private final Arrivals arrivals;
    private final RevertRequests requests;
    private final Catalogs catalogs;
    private final Remotes remotes;
    private final Proposals proposals;
    private final LookRequests looks;
    private final Clock clock;

    /** @param merged what a merged change is on the default branch */
    Reverts(
            Database database,
            Function<Change, Optional<MergedCommits>> merged,
            EarlyApply early,
            Arrivals arrivals,
            RevertRequests requests,
            Catalogs catalogs,
            Remotes remotes,
            Proposals proposals,
            LookRequests looks,
            Clock clock) {
        this.database = database;
        this.merged = merged;
        this.early = early;
        this.arrivals = arrivals;
        this.requests = requests;
        this.catalogs = catalogs;
        this.remotes = remotes;
        this.proposals = proposals;
        this.looks = looks;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Reverted {

        /**
         * A change that takes it back is open.
         *
         * @param pull empty where the repository's forge has no pull requests
         */
        record Opened(String branch, Optional<PullRequest> pull) implements Reverted {}

        /**
         * @param why a sentence that says what to do instead
         * @param passes whether the same may be done a little later
         */
        record Refused(String why, boolean passes) implements Reverted {

            Refused(String why) {
                this(why, false);
            }
        }
    }

    /** Opens a change that takes another one back. */
    public Reverted revert(Change change, String actor) {
        if (change.state() != ChangeState.MERGED) {
            return new Reverted.Refused(change.id() + " is " + change.state().word()
                    + ": only what was merged can be taken back; "
                    + (early.of(change).isEmpty()
                            ? "close it, and nothing of it is applied"
                            : "what was applied of it before is taken back by a push to " + change.branch()
                                    + " and another apply, or by merging it first"));
        }
        Mirror mirror = catalogs.mirror(change.repository());
        Optional<MergedCommits> commits = merged.apply(change);
        if (commits.isEmpty()) {
            return new Reverted.Refused("which commits " + change.id()
                    + " became can't be told: run git revert for them, and push that as a branch");
        }
        Reversal reversal = mirror.revert(
                mirror.main().orElseThrow(),
                commits.get().before(),
                commits.get().after(),
                message(change, commits.get(), actor),
                clock.instant());
        if (reversal instanceof Reversal.Conflict conflict) {
            return new Reverted.Refused("what came after " + change.id() + " changed "
                    + String.join(", ", conflict.files()) + ", too: run "
                    + TakingBack.byHand(commits.get(), mirror) + ", mend that by hand, and push it as a branch");
        }
        if (reversal instanceof Reversal.Nothing) {
            return new Reverted.Refused(change.id() + " was taken back already: main has nothing of it");
        }
        return opened(change, ((Reversal.Made) reversal).commit(), mirror, actor);
    }

    private Reverted opened(Change change, CommitSha commit, Mirror mirror, String actor) {
        String branch = "plumbline/revert-" + Objects.requireNonNullElse(change.pull(), change.number());
        Optional<Remote> remote = remotes.of(change.repository());
        if (mirror.branch(branch).isPresent()) {
            return new Reverted.Refused("the branch " + branch + " is there already: it takes " + change.id()
                    + " back, or delete it and ask again");
        }
        database.change(transaction -> requests.record(transaction, change.repository(), branch, actor));
        Answer<Optional<PullRequest>> opened = remote.map(found -> proposals.open(
                        found, mirror, commit, branch, mirror.mainBranch(), title(change), words(change, actor)))
                .orElseGet(() -> here(change, commit, branch, mirror, actor));
        if (opened instanceof Answer.Failed<Optional<PullRequest>> failed) {
            return new Reverted.Refused(
                    failed.trouble().sentence(), failed.trouble().passes());
        }
        database.change(transaction -> {
            transaction.record(actor, "revert", change.id(), "as branch " + branch);
            looks.hurry(transaction, change.repository());
        });
        return new Reverted.Opened(branch, ((Answer.Given<Optional<PullRequest>>) opened).value());
    }

    /** As if somebody had pushed it. */
    private Answer<Optional<PullRequest>> here(
            Change change, CommitSha commit, String branch, Mirror mirror, String actor) {
        RefChange created =
                new RefChange("refs/heads/" + branch, Optional.empty(), Optional.of(commit), RefChange.Kind.CREATE);
        List<Push> pushes = List.of(new Push(change.repository(), actor, List.of(created), List.of()));
        arrivals.record(pushes, null);
        mirror.remoteHeads().follow(branch, Optional.empty(), Optional.of(commit));
        arrivals.came(pushes);
        return new Answer.Given<>(Optional.empty());
    }

    private static String title(Change change) {
        return "Revert \"" + TerminalText.safeLine(change.title()) + "\"";
    }

    private static String message(Change change, MergedCommits commits, String actor) {
        return title(change) + "\n\nThis takes back " + change.id() + ", merged as " + commits.after()
                + ".\nAsked for by " + TerminalText.safeLine(actor) + ".\n";
    }

    private static String words(Change change, String actor) {
        return "Takes back " + Markdown.code(change.id()) + " (" + Markdown.inline(change.title()) + "), as "
                + Markdown.inline(actor) + " asked. What it would do is planned below; merge it to apply that.\n";
    }
}
