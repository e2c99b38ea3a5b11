package dev.plumbline.run;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.secret.Secrets;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Transaction;
import dev.plumbline.terraform.StateCommand;
import dev.plumbline.terraform.plan.StateFile;
import java.util.Objects;
import java.util.Optional;

/** One order about a state, and the run that carries it out alone in the stack's lane. */
record StateTask(Run run, StateOrder order, StackCatalog catalog, RunLog log, CancelSignal cancel) {

    /** What is written down once all is done. */
    @FunctionalInterface
    interface Conclusion {
        /** Writes it down, and says in a sentence what was done. */
        String in(Transaction transaction);
    }

    StackId id() {
        return run.stack();
    }

    /** The stack as the order's commit has it. */
    Optional<StackCode> given() {
        return catalog.find(id())
                .map(stack ->
                        new StackCode(stack, run.order().commit(), run.order().tree()));
    }

    /** The same, or that there is no such stack. */
    Attempt<StackCode> code() {
        return given().map(Attempt::worked)
                .orElseGet(() -> Attempt.refused("there is no such stack in commit "
                        + run.order().commit().abbreviated()));
    }

    /** The name of the content that a push brings in. */
    String artifact() {
        return Objects.requireNonNull(order.artifact(), "a push has a content");
    }

    /** For {@code mv} and {@code rm}. */
    StateCommand command() {
        return order.kind() == StateOrder.Kind.MV
                ? new StateCommand.Move(order.words().get(0), order.words().get(1))
                : new StateCommand.Remove(order.words());
    }

    /** The order as it was typed, without the stack. */
    String said() {
        String words = order.words().isEmpty() ? "" : " " + String.join(" ", order.words());
        return order.kind().word() + (order.forced() ? " --force" : "") + words;
    }

    <T> Attempt<T> noStateYet() {
        return Attempt.refused(id() + " has no state yet");
    }

    /** Keeps what is secret in a state, or in none, out of this run's log. */
    void conceal(byte[] content) {
        log.conceal(
                content.length == 0 ? Secrets.none() : StateFile.parse(content).secrets());
    }
}
