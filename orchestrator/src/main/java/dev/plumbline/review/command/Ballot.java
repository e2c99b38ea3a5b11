package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.forge.Trouble;
import dev.plumbline.review.Change;
import dev.plumbline.review.Intent;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.right.Approvals;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts the approvals of a pull request, those by command and those by the forge's own means, and says what is lacking. A merge that
 * went past the rules is not applied before somebody approves it here.
 */
final class Ballot implements Advancer {
    private final Database database;
    private final Advances advances;
    private final Reviews reviews;
    private final Remotes remotes;
    private final PullBook pulls;
    private final Map<String, PullForge> forges;
    private final GivenApprovals given;
    private final OpenBallot open;
    private final Gate gate;

    Ballot(
            Database database,
            Advances advances,
            Reviews reviews,
            Remotes remotes,
            PullBook pulls,
            Map<String, PullForge> forges,
            GivenApprovals given,
            OpenBallot open,
            Gate gate) {
        this.database = database;
        this.advances = advances;
        this.reviews = reviews;
        this.remotes = remotes;
        this.pulls = pulls;
        this.forges = Map.copyOf(forges);
        this.given = given;
        this.open = open;
        this.gate = gate;
    }

    @Override
    public void advance(long number) {
        Optional<Change> change = reviews.change(number);
        Optional<PullBook.Entry> entry = pulls.ofChange(number);
        Optional<Remote> remote = change.flatMap(found -> remotes.of(found.repository()));
        if (change.isEmpty() || entry.isEmpty() || remote.isEmpty()) {
            return;
        }
        PullForge forge =
                Optional.ofNullable(forges.get(remote.get().forge().name())).orElseThrow();
        boolean promised = !change.get().state().open()
                || !reviews.earlyApply().of(change.get()).isEmpty();
        if (!promised) {
            open.count(change.get(), entry.get(), remote.get(), forge).ifPresent(within -> again(change.get(), within));
            return;
        }
        Answer<Optional<PullDetail>> pull =
                forge.find(remote.get(), entry.get().pull().number());
        if (pull instanceof Answer.Failed<Optional<PullDetail>> failed) {
            unread(change.get(), remote.get(), failed.trouble());
            return;
        }
        Optional<String> merger =
                ((Answer.Given<Optional<PullDetail>>) pull).value().flatMap(PullDetail::mergedBy);
        merger.ifPresent(login -> database.change(transaction -> {
            pulls.mergedBy(transaction, entry.get(), login);
            reviews.tellAgain(transaction, change.get());
        }));
        boolean moved = ((Answer.Given<Optional<PullDetail>>) pull)
                .value()
                .filter(now -> !reviews.merged().atItsHead(change.get(), now))
                .isPresent();
        count(change.get(), entry.get(), remote.get(), forge, merger, moved);
    }

    /** @param moved whether its head moved before the merge, and nobody here saw it: then nobody approved what was merged */
    private void count(
            Change change,
            PullBook.Entry entry,
            Remote remote,
            PullForge forge,
            Optional<String> merger,
            boolean moved) {
        List<Intent> open = counted(change);
        if (open.isEmpty()) {
            return;
        }
        Answer<Set<String>> logins = moved ? new Answer.Given<>(Set.of()) : given.of(change, entry, remote, forge);
        if (logins instanceof Answer.Failed<Set<String>> failed) {
            unread(change, remote, failed.trouble());
            return;
        }
        for (Intent intent : open) {
            count(intent, change, ((Answer.Given<Set<String>>) logins).value(), entry.pull(), remote, forge, merger);
        }
    }

    /** Those of its own for which the rules ask for approvals: a stack is counted once, with all changes that it brings. */
    private List<Intent> counted(Change change) {
        return reviews.intents(change).stream()
                .filter(intent -> Objects.equals(intent.change(), change.number()))
                .filter(intent -> intent.promise().approvals() > 0
                        || reviews.promisedPlans().held(intent))
                .filter(intent -> !intent.state().ended())
                .toList();
    }

    /** @param given whose approvals stand for the plans as they were reviewed */
    private void count(
            Intent intent,
            Change change,
            Set<String> given,
            PullRequest pull,
            Remote remote,
            PullForge forge,
            Optional<String> merger) {
        // Before all else is read: what is planned meanwhile is counted anew.
        Optional<String> digest = reviews.promisedPlans().digest(intent);
        Set<String> ofReviewed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ofReviewed.addAll(reviews.promisedPlans().asReviewed(intent) ? given : Set.of());
        Set<String> logins = new TreeSet<>(ofReviewed);
        List<String> before = reviews.promisedPlans().approvers(intent);
        if (!onForgeOnly(before, remote)) {
            // Whoever holds a token of this server approved it already.
            reviews.acts().counted(intent, digest, List.of(), Optional.empty());
            return;
        }
        before.forEach(actor -> remote.login(actor).ifPresent(logins::add));
        Approvals approvals = gate.approvals(remote, forge, pull, change, logins);
        if (approvals.later().isPresent()) {
            unread(change, remote, approvals.later().get());
            return;
        }
        List<String> missing = new ArrayList<>(approvals.sentence().stream().toList());
        for (Change carried : reviews.promisedPlans().carried(intent)) {
            Set<String> seenIt = new TreeSet<>(logins);
            if (!reviews.merged().plannedOn(carried, change)) {
                // Who approved before that came did not see it.
                seenIt.removeAll(ofReviewed);
            }
            Answer<Optional<String>> besides = missing(carried, intent, seenIt, remote, forge);
            if (besides instanceof Answer.Failed<Optional<String>> failed) {
                unread(change, remote, failed.trouble());
                return;
            }
            ((Answer.Given<Optional<String>>) besides)
                    .value()
                    .ifPresent(sentence -> missing.add(
                            "it brings along " + carried.id() + ", which is merged and not applied: " + sentence));
        }
        boolean asReviewed = reviews.promisedPlans().asReviewed(intent);
        // Merged before its comment showed plans of it, it went past the approvals, too.
        boolean merged = asReviewed
                || pulls.ofChange(change.number())
                        .filter(entry -> pulls.showedPlans(entry, change.head()))
                        .isEmpty();
        if (merged && !change.state().open() && !approvals.complete()) {
            reviews.acts().bypassed(intent);
        }
        String lacking = merged
                ? merger.map(login -> login + " merged it without all approvals that main asks for: ")
                        .orElse("it lacks approvals that main asks for: ")
                : "this plan was made after " + (change.state().open() ? "the others were approved" : "the merge")
                        + ", and main asks for approvals: ";
        reviews.acts()
                .counted(
                        intent,
                        digest,
                        approvals.counted().stream()
                                .filter(ofReviewed::contains)
                                .map(remote::actor)
                                .toList(),
                        Optional.of(missing)
                                .filter(some -> !some.isEmpty())
                                .map(some -> (approvals.complete() ? "" : lacking) + String.join(", and ", some)));
    }

    /**
     * What another change, which comes along, lacks of approvals: those count that it was given before its merge or since, and those of
     * who saw it in what brings it along.
     */
    private Answer<Optional<String>> missing(
            Change carried, Intent intent, Set<String> seenIt, Remote remote, PullForge forge) {
        Optional<PullBook.Entry> entry = pulls.ofChange(carried.number());
        List<String> since = reviews.intents(carried).stream()
                .filter(other -> other.id() != intent.id() && other.stack().equals(intent.stack()))
                .flatMap(other -> reviews.promisedPlans().approvers(other).stream())
                .toList();
        if (entry.isEmpty() || !onForgeOnly(since, remote)) {
            return new Answer.Given<>(Optional.empty());
        }
        return forge.find(remote, entry.get().pull().number()).then(now -> {
            boolean moved = now.filter(there -> !reviews.merged().atItsHead(carried, there))
                    .isPresent();
            Answer<Set<String>> before =
                    moved ? new Answer.Given<>(Set.of()) : given.of(carried, entry.get(), remote, forge);
            return before.then(logins -> {
                Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                all.addAll(seenIt);
                all.addAll(logins);
                since.forEach(actor -> remote.login(actor).ifPresent(all::add));
                Approvals found = gate.approvals(remote, forge, entry.get().pull(), carried, all);
                return found.later().isPresent()
                        ? new Answer.Failed<>(found.later().get())
                        : new Answer.Given<>(found.sentence());
            });
        });
    }

    /** Whether nobody approved with a token of this server. */
    private static boolean onForgeOnly(List<String> approvers, Remote remote) {
        return approvers.stream().allMatch(actor -> remote.login(actor).isPresent());
    }

    /** Where it is not likely to pass, people are told; either way it is tried again. */
    private void unread(Change change, Remote remote, Trouble trouble) {
        if (!trouble.passes()) {
            counted(change).stream()
                    .filter(intent -> onForgeOnly(reviews.promisedPlans().approvers(intent), remote))
                    .forEach(intent -> reviews.acts()
                            .counted(
                                    intent,
                                    reviews.promisedPlans().digest(intent),
                                    List.of(),
                                    Optional.of("its approvals can't be read: " + trouble.sentence())));
        }
        again(change, AskAgain.after(trouble));
    }

    private void again(Change change, Duration within) {
        database.change(transaction -> advances.mark(transaction, change.ballot(), within));
    }
}
