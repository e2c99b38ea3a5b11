package dev.plumbline.review;

import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.CommitStatus.State;
import dev.plumbline.forge.Deployment;
import dev.plumbline.git.CommitSha;
import dev.plumbline.review.ChangeSnapshot.Deferred;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.review.ChangeSnapshot.Unaffected;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What forges show beside commits: an overall status, which can be required, and one a stack where there are few. */
record PullStatuses(PageLinks links) {
    /** Of more stacks than that only the overall status is told. */
    static final int MOST_STACKS = 20;

    static final String PLAN = "plumbline/plan";
    static final String APPLY = "plumbline/apply";

    /**
     * Of a change that waits to be merged, on its head.
     *
     * @param unapplied whether nobody asked yet that it be applied
     * @param command the word with which that is asked for
     */
    List<CommitStatus> of(ChangeSnapshot now, boolean unapplied, String command) {
        Change change = now.change();
        String page = links.change(change.number()).orElse("");
        State state = state(change);
        List<CommitStatus> all = new ArrayList<>();
        all.add(new CommitStatus(change.head(), PLAN, state, words(now), page));
        if (now.early() && unapplied) {
            all.add(toApply(now, command, page));
        }
        if (now.stacks().size() <= MOST_STACKS) {
            now.stacks().forEach(standing -> all.add(of(standing, now.stopped(), change.head(), page)));
        }
        return all;
    }

    /** On the head, where it can be required; what is planned there isn't applied yet. */
    private static CommitStatus toApply(ChangeSnapshot now, String command, String page) {
        CommitSha head = now.change().head();
        String lacking = now.approvals()
                .filter(count -> !count.complete())
                .map(ApprovalCount::words)
                .orElse("");
        return switch (now.change().state()) {
            case NO_CHANGES -> new CommitStatus(head, APPLY, State.SUCCESS, "nothing to apply", page);
            case PLANNED ->
                new CommitStatus(
                        head,
                        APPLY,
                        State.PENDING,
                        lacking.isEmpty() ? "comment " + command + " apply, then it is merged" : firstLine(lacking),
                        page);
            case PLANNING -> new CommitStatus(head, APPLY, State.PENDING, "planned first", page);
            default -> new CommitStatus(head, APPLY, State.PENDING, "waits for plumbline/plan to pass", page);
        };
    }

    /**
     * Of an entry of a merge queue, on its head.
     *
     * @param obstacle what keeps it from being merged as it is
     */
    CommitStatus ofQueued(ChangeSnapshot now, Optional<MergeQueue.Obstacle> obstacle) {
        Change change = now.change();
        State state = state(change);
        Optional<MergeQueue.Obstacle> counts = obstacle.filter(found -> state == State.SUCCESS);
        return new CommitStatus(
                change.head(),
                PLAN,
                counts.map(found -> found.lasts() ? State.FAILURE : State.PENDING)
                        .orElse(state),
                counts.map(MergeQueue.Obstacle::why).orElseGet(() -> words(now)),
                links.change(change.number()).orElse(""));
    }

    private static State state(Change change) {
        return switch (change.state()) {
            case PLANNED, NO_CHANGES -> State.SUCCESS;
            case PLANNING, WAITING -> State.PENDING;
            default -> State.FAILURE;
        };
    }

    private static String words(ChangeSnapshot now) {
        return now.change().state() == ChangeState.PLANNING
                ? planning(now)
                : firstLine(now.change().reason());
    }

    /** The same until all are planned: it is posted once. */
    private static String planning(ChangeSnapshot now) {
        int stacks = now.stacks().size();
        return now.previewDue()
                ? "looking at what it changes"
                : "planning " + stacks + (stacks == 1 ? " stack" : " stacks");
    }

    private CommitStatus of(Standing standing, boolean stopped, CommitSha head, String page) {
        String context = PLAN + ": " + standing.stack().folder();
        if (standing instanceof Ended ended) {
            Run run = ended.run();
            boolean fine = run.state() == RunState.PLANNED || run.state() == RunState.NO_CHANGES;
            String words = fine ? run.reason() : run.state().word() + ": " + firstLine(run.reason());
            return new CommitStatus(
                    head,
                    context,
                    fine && ended.refusal().isEmpty() ? State.SUCCESS : State.FAILURE,
                    ended.refusal().orElse(words),
                    links.run(run.id()).orElse(""));
        }
        boolean later = standing instanceof Deferred || standing instanceof Unaffected;
        return new CommitStatus(
                head,
                context,
                later ? State.SUCCESS : State.PENDING,
                later ? standing.reason() : stopped ? "not planned" : "being planned",
                page);
    }

    /**
     * Of a movement of main, on the commit that it moved to.
     *
     * @param failure why nothing of it can be applied
     */
    List<CommitStatus> of(CommitSha commit, Optional<String> failure, List<Intent> intents) {
        if (failure.isPresent()) {
            return List.of(new CommitStatus(commit, APPLY, State.FAILURE, firstLine(failure.get()), ""));
        }
        String page = intents.stream()
                .flatMap(intent -> Optional.ofNullable(intent.change()).stream())
                .findFirst()
                .flatMap(links::change)
                .orElse("");
        List<CommitStatus> all = new ArrayList<>();
        boolean asked = intents.stream().anyMatch(intent -> intent.state() == IntentState.AWAITING_APPROVAL);
        all.add(new CommitStatus(commit, APPLY, overall(intents, asked), words(intents), page));
        if (intents.size() <= MOST_STACKS) {
            intents.forEach(intent -> all.add(new CommitStatus(
                    commit,
                    APPLY + ": " + intent.stack().folder(),
                    overall(List.of(intent), asked),
                    intent.state().settled() ? word(intent) + ": " + firstLine(intent.why()) : "being applied",
                    Optional.ofNullable(intent.apply()).flatMap(links::run).orElse(page))));
        }
        return all;
    }

    /** What came of applies, on the commit that main moved to; of many stacks nothing, as with their statuses. */
    List<Deployment> deployments(CommitSha commit, List<Intent> intents) {
        if (intents.size() > MOST_STACKS) {
            return List.of();
        }
        return intents.stream()
                .filter(intent -> intent.apply() != null)
                .filter(intent -> intent.state() == IntentState.APPLIED || intent.state() == IntentState.FAILED)
                .map(intent -> new Deployment(
                        commit,
                        intent.stack().folder(),
                        intent.state() == IntentState.APPLIED,
                        firstLine(intent.why()),
                        Optional.ofNullable(intent.apply()).flatMap(links::run).orElse("")))
                .toList();
    }

    /** @param asked whether somebody is asked to approve part of the movement, for which other parts may wait */
    private static State overall(List<Intent> intents, boolean asked) {
        List<IntentState> open = intents.stream()
                .map(Intent::state)
                .filter(state -> !state.fulfilled() && state != IntentState.SUPERSEDED)
                .toList();
        if (open.isEmpty()) {
            return State.SUCCESS;
        }
        boolean moves = open.stream().anyMatch(state -> !state.settled());
        boolean waits = asked
                && open.stream()
                        .allMatch(state -> state == IntentState.AWAITING_APPROVAL || state == IntentState.BLOCKED);
        return moves || waits ? State.PENDING : State.FAILURE;
    }

    private static String words(List<Intent> intents) {
        if (intents.isEmpty()) {
            return "no stack's code changed, nothing to apply";
        }
        if (intents.stream().anyMatch(intent -> !intent.state().settled())) {
            return "applying " + intents.size() + (intents.size() == 1 ? " stack" : " stacks");
        }
        return intents.stream()
                .sorted(Comparator.comparing(intent -> intent.state().fulfilled()))
                .map(intent -> intent.stack().folder() + " " + word(intent))
                .collect(Collectors.joining(", "));
    }

    private static String word(Intent intent) {
        return intent.state() == IntentState.AWAITING_APPROVAL
                ? "waits for approval"
                : intent.state().word();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
