package dev.plumbline.run;

import dev.plumbline.stack.Stack;
import dev.plumbline.store.Artifacts;
import dev.plumbline.terraform.plan.StateFile;
import java.util.Optional;
import java.util.function.Function;

/** Reads and changes by hand the states of stacks with a backend of their own. */
final class BackendStates {
    private final AppliedStacks applied;
    private final Artifacts artifacts;
    private final StateBackend backends;
    private final StateEdit editor;

    BackendStates(AppliedStacks applied, Artifacts artifacts, StateBackend backends, StateEdit editor) {
        this.applied = applied;
        this.artifacts = artifacts;
        this.backends = backends;
        this.editor = editor;
    }

    /** @param code that says where the state is */
    Attempt<StateTask.Conclusion> carryOut(StateTask task, StackCode code) {
        if (task.order().kind() == StateOrder.Kind.ROLLBACK) {
            return Attempt.refused(task.id() + " keeps its state in a backend of its own ("
                    + StatePlace.kind(code.stack())
                    + "), so former versions are there, too: take the one you want out of it, and bring it in by"
                    + " plumbline state push " + task.id().typed() + " FILE --force");
        }
        return backends.open(task, code).then(backend -> switch (task.order().kind()) {
            case READ -> backend.pull().then(content -> Attempt.worked(handedOut(task, content)));
            case PUSH -> pushed(task, backend);
            case MV, RM -> backend.pull().then(before -> edited(task, code.stack(), backend, before));
            case ROLLBACK, MIGRATE ->
                throw new IllegalStateException(task.order().kind().word());
        });
    }

    private StateTask.Conclusion handedOut(StateTask task, byte[] content) {
        task.conceal(content);
        artifacts.put(StateLeftovers.pulled(task.run().id()), content);
        return transaction -> "read from its backend";
    }

    private Attempt<StateTask.Conclusion> pushed(StateTask task, StateBackend.Open backend) {
        byte[] content = artifacts.require(task.artifact());
        return IncomingState.read(content)
                .then(incoming -> written(task, backend, incoming)
                        .then(done -> Attempt.worked(transaction -> {
                            applied.release(transaction, task.id());
                            return task.said() + ": serial " + incoming.state().serial() + " to its backend";
                        })));
    }

    /** What an apply could not save comes next after what is there; all else is written as it is, and once more does no harm. */
    private Attempt<byte[]> written(StateTask task, StateBackend.Open backend, IncomingState incoming) {
        return StateDesk.leftByAnApply(task.artifact())
                ? backend.pull()
                        .then(there ->
                                replaced(task, backend, there, before -> Attempt.worked(incoming.following(before))))
                : backend.push(incoming.content(), task.order().forced());
    }

    private Attempt<StateTask.Conclusion> edited(StateTask task, Stack stack, StateBackend.Open backend, byte[] there) {
        if (there.length == 0) {
            return task.noStateYet();
        }
        task.conceal(there);
        return replaced(task, backend, there, before -> editor.edit(task, Optional.of(stack), before))
                .then(written -> {
                    long serial = StateFile.parse(written).serial();
                    return Attempt.worked(transaction -> task.said() + ": serial " + serial + " in its backend");
                });
    }

    /** Gives what is in the backend afterwards. Where a server that died has done it, it is not done again. */
    private Attempt<byte[]> replaced(
            StateTask task, StateBackend.Open backend, byte[] there, Function<byte[], Attempt<byte[]>> change) {
        String mark = StateLeftovers.writing(task.run().id());
        Optional<StateWrite> begun = artifacts.get(mark).map(StateWrite::fromBytes);
        if (begun.isPresent() && !begun.get().startsFrom(there)) {
            return begun.get().ledTo(there)
                    ? Attempt.worked(there)
                    : Attempt.refused(
                            "the server died while it wrote this to the backend, and what is there now is neither"
                                    + " the state from before nor the one it was to become; look at it with plumbline state list "
                                    + task.id().typed() + ", and ask again if the change is missing");
        }
        return change.apply(there)
                .then(after -> {
                    artifacts.put(mark, StateWrite.of(there, after).toBytes());
                    return backend.push(after, false);
                })
                .then(done -> backend.pull());
    }
}
