package dev.plumbline.run;

import dev.plumbline.stack.Stack;
import dev.plumbline.store.Artifacts;
import dev.plumbline.terraform.plan.StateFile;
import java.util.Optional;

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
                .then(incoming -> following(task, backend, incoming)
                        .then(next -> backend.push(next, task.order().forced()))
                        .then(done -> Attempt.worked(transaction -> {
                            applied.release(transaction, task.id());
                            return task.said() + ": serial " + incoming.state().serial() + " to its backend";
                        })));
    }

    /** What an apply could not save comes next after what is there; all else is written as it is. */
    private static Attempt<byte[]> following(StateTask task, StateBackend.Open backend, IncomingState incoming) {
        return StateDesk.leftByAnApply(task.artifact())
                ? backend.pull().then(there -> Attempt.worked(incoming.following(there)))
                : Attempt.worked(incoming.content());
    }

    private Attempt<StateTask.Conclusion> edited(
            StateTask task, Stack stack, StateBackend.Open backend, byte[] before) {
        if (before.length == 0) {
            return task.noStateYet();
        }
        task.conceal(before);
        return editor.edit(task, Optional.of(stack), before)
                .then(after -> backend.push(after, false))
                // Asked again: some backends count a write of their own.
                .then(done -> backend.pull())
                .then(written -> {
                    long serial = StateFile.parse(written).serial();
                    return Attempt.worked(transaction -> task.said() + ": serial " + serial + " in its backend");
                });
    }
}
