package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.ChangeSnapshot.Running;
import dev.plumbline.review.ChangeSnapshot.Unplanned;
import dev.plumbline.review.ChangeSnapshot.Waiting;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says of a commit that is about to become the default branch, with a pull request in it and perhaps others before that, whether
 * merging it brings just what was reviewed on that pull request.
 *
 * <p>Nothing is planned for the answer. A plan rests on the code of its stack, and the plans of an open pull request are kept up with
 * everything else; so they hold for the commit where each of the pull request's stacks has the code there that was planned, and
 * nothing that comes before it touches the same stack. That is said for one moment: main may move before it is merged, and what is
 * applied then is compared with what was reviewed all the same. Approvals are not counted here.
 */
public final class MergeCheck {
    private final Database database;
    private final Changes changes;
    private final PullBook pulls;
    private final ChangeSnapshots snapshots;
    private final RunEngine engine;
    private final AffectedStacks affected = new AffectedStacks();

    MergeCheck(Database database, Changes changes, PullBook pulls, ChangeSnapshots snapshots, RunEngine engine) {
        this.database = database;
        this.changes = changes;
        this.pulls = pulls;
        this.snapshots = snapshots;
        this.engine = engine;
    }

    /** The answer. */
    public sealed interface Outcome {}

    /**
     * It brings what was reviewed.
     *
     * @param stacks their folders; none where the pull request touches none
     */
    public record Reviewed(Change change, List<String> stacks) implements Outcome {}

    /** Nobody can tell yet: plans are being made or told. */
    public record Pending(Change change, String reason) implements Outcome {}

    /** It doesn't, or nobody will be able to tell before somebody acts. */
    public record Refused(String reason, String next) implements Outcome {}

    /**
     * The answer at this moment.
     *
     * @param commit in the mirror
     */
    public Outcome of(String repository, long pull, CommitSha commit) {
        Optional<Change> change = pulls.find(repository, pull)
                .flatMap(entry -> Optional.ofNullable(entry.change()))
                .flatMap(changes::find);
        if (change.isEmpty()) {
            return new Refused("#" + pull + " was not planned", "Its comment, or plumbline status, says why.");
        }
        ChangeSnapshot now = snapshots.of(change.get());
        return unsettled(now, pull).orElseGet(() -> compared(now, pull, commit));
    }

    /** What can be said without looking at the commit. */
    private static Optional<Outcome> unsettled(ChangeSnapshot now, long pull) {
        Change change = now.change();
        String next = "Its comment says what to do.";
        if (!change.state().open()) {
            return Optional.of(new Refused("#" + pull + " is " + change.state().word(), next));
        }
        if (now.conflicts() || !now.problems().isEmpty() || now.held().isPresent()) {
            return Optional.of(new Refused("#" + pull + ": " + change.reason(), next));
        }
        boolean planned = now.all(Unplanned.class).isEmpty()
                && now.all(Running.class).isEmpty()
                && now.all(Waiting.class).isEmpty();
        if (now.previewDue() || !planned || change.reportDue() || change.reported() == null) {
            return Optional.of(new Pending(change, "#" + pull + ": " + change.reason()));
        }
        return change.state() == ChangeState.FAILED
                ? Optional.of(new Refused("#" + pull + ": " + change.reason(), next))
                : Optional.empty();
    }

    private Outcome compared(ChangeSnapshot now, long pull, CommitSha commit) {
        String repository = now.change().repository();
        Mirror mirror = engine.catalogs().mirror(repository);
        CommitSha main = now.base().orElseThrow();
        if (!mirror.isAncestor(main, commit)) {
            return new Refused(
                    commit.abbreviated() + " does not have all that " + mirror.mainBranch() + " has now",
                    "Let it be made anew on top of " + main.abbreviated() + ".");
        }
        StackCatalog before = engine.catalogs().of(repository, mirror.tree(main).id());
        StackCatalog after =
                engine.catalogs().of(repository, mirror.tree(commit).id());
        if (!after.usable()) {
            return new Refused(
                    "the configuration at " + commit.abbreviated() + " has errors: "
                            + after.problems().get(0),
                    "Mend it; plumbline check shows them all.");
        }
        Map<String, ChangeStack> touched = affected.between(before, after).stream()
                .collect(Collectors.toMap(ChangeStack::folder, Function.identity(), (one, same) -> one, HashMap::new));
        return judged(now, pull, touched, after, earlier(now.change(), commit, mirror, before, after));
    }

    /** By the stacks that they touch, the pull requests that the commit has besides. */
    private Map<String, Change> earlier(
            Change own, CommitSha commit, Mirror mirror, StackCatalog before, StackCatalog there) {
        Map<String, Change> byStack = new HashMap<>();
        for (Change other : database.read(handle -> changes.open(handle, own.repository()))) {
            List<ChangeStack> touched = stacks(other);
            boolean comesAlong = mirror.isAncestor(other.head(), commit)
                    || ChangeStack.broughtIn(Optional.of(before), there, touched);
            if (other.number() != own.number() && comesAlong) {
                touched.forEach(stack -> byStack.putIfAbsent(stack.folder(), other));
            }
        }
        return byStack;
    }

    private List<ChangeStack> stacks(Change change) {
        return database.read(handle -> changes.stacks(handle, change.number()));
    }

    private Outcome judged(
            ChangeSnapshot now,
            long pull,
            Map<String, ChangeStack> touched,
            StackCatalog after,
            Map<String, Change> earlier) {
        List<ChangeStack> own =
                now.stacks().stream().map(ChangeSnapshot.Standing::stack).toList();
        for (ChangeStack reviewed : own) {
            Optional<Change> before = Optional.ofNullable(earlier.get(reviewed.folder()));
            if (before.isPresent()) {
                String first = shown(before.get());
                return new Refused(
                        reviewed.folder() + " is also touched by " + first + ", which comes before it",
                        "Re-queue it after " + first + " is applied.");
            }
            Optional<ChangeStack> there = Optional.ofNullable(touched.remove(reviewed.folder()));
            // What was planned only since a label asked for it is left there as it was.
            if (!there.map(stack -> same(reviewed, stack)).orElseGet(() -> reviewed.reader() || reviewed.asIn(after))) {
                return new Refused(
                        "what it makes of " + reviewed.folder() + " is not what was reviewed on #" + pull,
                        "Bring the branch up to date, and look at its plan anew.");
            }
        }
        return touched.keySet().stream()
                .filter(folder -> !earlier.containsKey(folder))
                .sorted()
                .findFirst()
                .<Outcome>map(folder -> new Refused(
                        "it also touches " + folder + ", of which #" + pull + " shows no plan",
                        "Bring the branch up to date, and look at its plan anew."))
                .orElseGet(() -> new Reviewed(
                        now.change(), own.stream().map(ChangeStack::folder).toList()));
    }

    private static boolean same(ChangeStack reviewed, ChangeStack there) {
        return reviewed.kind() == there.kind() && reviewed.code().equals(there.code());
    }

    private String shown(Change change) {
        return pulls.ofChange(change.number())
                .map(entry -> "#" + entry.pull().number())
                .orElseGet(change::id);
    }
}
