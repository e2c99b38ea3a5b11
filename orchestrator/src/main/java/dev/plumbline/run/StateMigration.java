package dev.plumbline.run;

import dev.plumbline.store.Transaction;
import dev.plumbline.terraform.plan.StateFile;
import java.util.Optional;

/** Takes a state along to where a stack's code wants it. It only writes to an empty place. */
final class StateMigration {
    private final StateVault states;
    private final AppliedStacks applied;
    private final StateBackend backends;
    private final BackendChange change;
    private final ManagedStates managed;
    private final Catalogs catalogs;

    StateMigration(
            StateVault states,
            AppliedStacks applied,
            StateBackend backends,
            BackendChange change,
            ManagedStates managed,
            Catalogs catalogs) {
        this.states = states;
        this.applied = applied;
        this.backends = backends;
        this.change = change;
        this.managed = managed;
        this.catalogs = catalogs;
    }

    /**
     * Where a state goes.
     *
     * @param version of a state that this server kept, as it leaves; zero where it comes from a backend or stays here
     */
    private record Target(StackCode code, String backend, long version) {}

    Attempt<StateTask.Conclusion> carryOut(StateTask task) {
        return task.code().then(wanted -> migrated(task, wanted));
    }

    private Attempt<StateTask.Conclusion> migrated(StateTask task, StackCode wanted) {
        String backend = StatePlace.spelled(wanted.stack());
        Optional<StatePlace> former =
                change.former(task.id()).filter(there -> !there.spelled().equals(backend));
        if (former.isEmpty()) {
            return Attempt.refused("nothing to move: its state is where the code wants it");
        }
        boolean fromHere = former.get().managed();
        Target target = new Target(wanted, backend, fromHere ? states.currentNumber(task.id()) : 0);
        return content(task, former.get()).then(content -> {
            task.conceal(content);
            if (content.length == 0) {
                return Attempt.worked(
                        transaction -> noted(transaction, task, target, "nothing to move: there is no state yet"));
            }
            return IncomingState.read(content)
                    .then(moving -> wanted.stack().managedState()
                            ? Attempt.worked(intoThisServer(task, target, moving, former.get()))
                            : intoBackend(task, target, moving));
        });
    }

    private Attempt<byte[]> content(StateTask task, StatePlace former) {
        return former.managed()
                ? Attempt.worked(states.read(states.current(task.id()).orElseThrow()))
                : backends.open(task, former.code().orElseThrow()).then(StateBackend.Open::pull);
    }

    private StateTask.Conclusion intoThisServer(
            StateTask task, Target target, IncomingState moving, StatePlace former) {
        boolean there =
                states.current(task.id()).map(states::read).filter(moving::isIn).isPresent();
        StateTask.Conclusion kept = there
                ? transaction -> "migrate: this server has it already"
                : managed.kept(task, moving.content(), "migrate from its backend (" + former.kind() + ")");
        return transaction -> noted(transaction, task, target, kept.in(transaction));
    }

    private Attempt<StateTask.Conclusion> intoBackend(StateTask task, Target target, IncomingState moving) {
        String where = "its new backend (" + StatePlace.kind(target.code().stack()) + ")";
        return backends.open(task, target.code())
                .then(backend -> backend.pull().then(there -> {
                    if (there.length == 0) {
                        return backend.push(moving.content(), false)
                                .then(done -> Attempt.worked(
                                        "serial " + moving.state().serial() + " written to " + where));
                    }
                    if (moving.isIn(there)) {
                        return Attempt.worked("it is in " + where + " already");
                    }
                    return isWhatWasMovedBefore(task, target, there)
                            ? backend.push(moving.content(), false)
                                    .then(done -> Attempt.worked("serial "
                                            + moving.state().serial() + " written to " + where
                                            + ", over the one that was moved there before"))
                            : anotherStateIn(where, there, moving);
                }))
                .then(sentence ->
                        Attempt.worked(transaction -> noted(transaction, task, target, "migrate: " + sentence)));
    }

    /** Then nothing is lost by writing over it: this server keeps that version, too, and nobody has changed it there since. */
    private boolean isWhatWasMovedBefore(StateTask task, Target target, byte[] there) {
        StateFile written = StateFile.parse(there);
        return applied.moved(task.id()).filter(moved -> moved.backend().equals(target.backend())).stream()
                .flatMap(moved ->
                        states.versions(task.id()).stream().filter(version -> version.version() == moved.version()))
                .anyMatch(
                        version -> version.lineage().equals(written.lineage()) && version.serial() == written.serial());
    }

    private static Attempt<String> anotherStateIn(String where, byte[] there, IncomingState moving) {
        return IncomingState.read(there)
                .then(other -> Attempt.refused(where + " holds another state (" + other.named() + ") than the stack's ("
                        + moving.named() + "); empty it, or name another place in the code"));
    }

    private String noted(Transaction transaction, StateTask task, Target target, String sentence) {
        applied.moved(transaction, task.id(), new AppliedStacks.Moved(target.backend(), target.version()));
        return sentence + "; " + next(task);
    }

    /** An open change is planned again when its states move; what failed on main waits for a person. */
    private String next(StateTask task) {
        boolean merged = catalogs.mirror(task.id().repository())
                .main()
                .filter(task.run().order().commit()::equals)
                .isPresent();
        return merged
                ? "main wants it there already; where it does not go on by itself: plumbline retry "
                        + task.id().typed()
                : "the open change that wants it there is planned again by itself";
    }
}
