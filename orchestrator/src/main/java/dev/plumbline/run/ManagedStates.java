package dev.plumbline.run;

import dev.plumbline.stack.Stack;
import dev.plumbline.store.Artifacts;
import dev.plumbline.terraform.plan.StateFile;
import java.util.List;
import java.util.Optional;

/** Changes by hand to states that this server keeps. */
final class ManagedStates {
    private final StateVault states;
    private final AppliedStacks applied;
    private final Artifacts artifacts;
    private final StateEdit editor;

    ManagedStates(StateVault states, AppliedStacks applied, Artifacts artifacts, StateEdit editor) {
        this.states = states;
        this.applied = applied;
        this.artifacts = artifacts;
        this.editor = editor;
    }

    /** @param stack whose program it is done with, as it was applied last or is asked for; empty for the server's own */
    Attempt<StateTask.Conclusion> carryOut(StateTask task, Optional<Stack> stack) {
        Optional<StateVersion> current = states.current(task.id());
        return switch (task.order().kind()) {
            case PUSH ->
                IncomingState.read(artifacts.require(task.artifact()))
                        .then(incoming -> pushed(task, current, incoming));
            case MV, RM ->
                current.isEmpty()
                        ? task.noStateYet()
                        : editor.edit(task, stack, states.read(current.get()))
                                .then(content -> Attempt.worked(kept(task, content, task.said())));
            case ROLLBACK -> current.isEmpty() ? task.noStateYet() : rolledBack(task, current.get());
            case READ -> Attempt.refused("its state is kept by this server now; ask again");
            case MIGRATE -> throw new IllegalStateException(task.order().kind().word());
        };
    }

    private Attempt<StateTask.Conclusion> pushed(
            StateTask task, Optional<StateVersion> current, IncomingState incoming) {
        Optional<byte[]> before = current.map(states::read);
        if (incoming.sameAs(before)) {
            return Attempt.worked(transaction -> {
                applied.release(transaction, task.id());
                return "nothing to push: that is its state already";
            });
        }
        Optional<StateFile> there = before.map(StateFile::parse);
        Optional<String> conflict = incoming.conflict(there);
        if (conflict.isPresent() && !task.order().forced()) {
            return Attempt.refused(conflict.get());
        }
        return Attempt.worked(kept(task, incoming.above(there), task.said()));
    }

    private Attempt<StateTask.Conclusion> rolledBack(StateTask task, StateVersion current) {
        List<StateVersion> all = states.versions(task.id());
        return wanted(task, all).then(version -> {
            if (version.version() == current.version()) {
                return Attempt.refused("version " + version.version() + " is the current one already");
            }
            long serial = all.stream()
                    .filter(other -> other.lineage().equals(version.lineage()))
                    .mapToLong(StateVersion::serial)
                    .max()
                    .orElse(0);
            return IncomingState.read(states.read(version))
                    .then(former -> Attempt.worked(
                            kept(task, former.withSerial(serial + 1), "rollback to version " + version.version())));
        });
    }

    private static Attempt<StateVersion> wanted(StateTask task, List<StateVersion> all) {
        if (task.order().words().isEmpty()) {
            return all.size() > 1
                    ? Attempt.worked(all.get(1))
                    : Attempt.refused(
                            task.id() + " has one version only: " + all.get(0).version());
        }
        String number = task.order().words().get(0);
        return all.stream()
                .filter(version -> String.valueOf(version.version()).equals(number))
                .findFirst()
                .map(Attempt::worked)
                .orElseGet(() -> Attempt.refused(task.id() + " has no version " + number + "; plumbline state versions "
                        + task.id().typed() + " lists them"));
    }

    /** Makes a content the current state, once all is written down. */
    StateTask.Conclusion kept(StateTask task, byte[] content, String what) {
        StateFile state = StateFile.parse(content);
        task.log().conceal(state.secrets());
        Optional<StateVersion> before = states.current(task.id());
        String artifact = states.keep(content);
        String outputs = applied.keep(ApplyFollower.outputsOf(state));
        return transaction -> {
            StateVersion now = states.add(transaction, task.run(), state, artifact);
            applied.release(transaction, task.id());
            applied.gives(transaction, task.id(), outputs);
            return what + ": version " + now.version() + " (serial " + now.serial() + ", "
                    + state.managedInstances() + " resources)"
                    + before.map(old -> ", before it version " + old.version()).orElse("");
        };
    }
}
