package dev.plumbline.run;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.secret.Secrets;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import dev.plumbline.terraform.StateCommand;
import dev.plumbline.terraform.plan.StateFile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Does what people ask to be done with a state, alone in the stack's lane. */
final class StateRunner {
    private final Database database;
    private final RunLedger ledger;
    private final StateOrders orders;
    private final StateVault states;
    private final AppliedStacks applied;
    private final Artifacts artifacts;
    private final Catalogs catalogs;
    private final StateBackend backends;
    private final StateEdit editor;
    private final BackendChange change;

    StateRunner(
            Database database,
            RunLedger ledger,
            StateOrders orders,
            StateVault states,
            AppliedStacks applied,
            Artifacts artifacts,
            Catalogs catalogs,
            StateBackend backends,
            StateEdit editor,
            BackendChange change) {
        this.database = database;
        this.ledger = ledger;
        this.orders = orders;
        this.states = states;
        this.applied = applied;
        this.artifacts = artifacts;
        this.catalogs = catalogs;
        this.backends = backends;
        this.editor = editor;
        this.change = change;
    }

    /** Where the state that was read from a backend waits for whoever asked. */
    static String pulled(RunId run) {
        return "runs/" + run + "/pulled.tfstate";
    }

    /** Runs it to its end, and records that. */
    void run(Run run, RunLog log, CancelSignal cancel) {
        StateOrder order = orders.find(run.order().forWhom()).orElseThrow();
        try {
            Function<Transaction, String> done = new OneOrder(run, order, log, cancel).carriedOut();
            database.change(transaction -> {
                String sentence = log.masked(done.apply(transaction));
                transaction.record(order.actor(), "state", run.stack().qualified(), run.id() + " " + sentence);
                ledger.move(transaction, run, RunState.APPLIED, sentence);
            });
        } catch (StateRefusal refusal) {
            String shown = log.masked(refusal.sentence());
            log.write("failed: " + shown);
            database.change(transaction -> {
                transaction.record(
                        order.actor(),
                        "state",
                        run.stack().qualified(),
                        run.id() + " " + order.kind().word() + " was refused: "
                                + shown.lines().findFirst().orElse(""));
                ledger.move(transaction, run, RunState.FAILED, shown);
            });
        }
    }

    /** One order with what it is about; each way to carry it out gives what to write down when all is done. */
    private final class OneOrder {
        private final Run run;
        private final StateOrder order;
        private final RunLog log;
        private final CancelSignal cancel;
        private final StackId id;
        private final StackCatalog catalog;
        private final Optional<Stack> stack;

        OneOrder(Run run, StateOrder order, RunLog log, CancelSignal cancel) {
            this.run = run;
            this.order = order;
            this.log = log;
            this.cancel = cancel;
            this.id = run.stack();
            this.catalog = catalogs.of(id.repository(), run.order().tree());
            this.stack = catalog.find(id);
        }

        Function<Transaction, String> carriedOut() {
            if (order.kind() == StateOrder.Kind.MIGRATE) {
                return migrated();
            }
            boolean managed = stack.map(Stack::managedState)
                    .orElseGet(() -> states.current(id).isPresent());
            return managed ? managed() : inBackend();
        }

        private Function<Transaction, String> managed() {
            Optional<StateVersion> current = states.current(id);
            return switch (order.kind()) {
                case PUSH -> pushed(current);
                case MV, RM -> {
                    byte[] before = states.read(current.orElseThrow(() -> new StateRefusal(id + " has no state yet")));
                    yield kept(current, edited(before), order.kind().word() + " " + said());
                }
                case ROLLBACK -> rolledBack(current.orElseThrow(() -> new StateRefusal(id + " has no state yet")));
                case READ, MIGRATE -> throw new IllegalStateException(order.kind() + " needs a backend");
            };
        }

        private Function<Transaction, String> pushed(Optional<StateVersion> current) {
            IncomingState incoming = IncomingState.read(content());
            Optional<byte[]> before = current.map(states::read);
            if (incoming.sameAs(before)) {
                return transaction -> {
                    applied.release(transaction, id);
                    return "nothing to push: that is its state already";
                };
            }
            Optional<String> conflict = incoming.conflict(before.map(StateFile::parse));
            if (conflict.isPresent() && !order.forced()) {
                throw new StateRefusal(conflict.get());
            }
            return kept(
                    current, incoming.above(before.map(StateFile::parse)), order.forced() ? "push --force" : "push");
        }

        private Function<Transaction, String> rolledBack(StateVersion current) {
            List<StateVersion> all = states.versions(id);
            StateVersion wanted = order.words().isEmpty()
                    ? all.stream()
                            .skip(1)
                            .findFirst()
                            .orElseThrow(() -> new StateRefusal(id + " has one version only: " + current.version()))
                    : all.stream()
                            .filter(version -> String.valueOf(version.version())
                                    .equals(order.words().get(0)))
                            .findFirst()
                            .orElseThrow(() -> new StateRefusal(id + " has no version "
                                    + order.words().get(0) + "; plumbline state versions " + id + " lists them"));
            if (wanted.version() == current.version()) {
                throw new StateRefusal("version " + wanted.version() + " is the current one already");
            }
            long serial = all.stream()
                    .filter(version -> version.lineage().equals(wanted.lineage()))
                    .mapToLong(StateVersion::serial)
                    .max()
                    .orElse(0);
            byte[] content = IncomingState.read(states.read(wanted)).withSerial(serial + 1);
            return kept(Optional.of(current), content, "rollback to version " + wanted.version());
        }

        private Function<Transaction, String> kept(Optional<StateVersion> before, byte[] content, String what) {
            StateFile state = StateFile.parse(content);
            log.conceal(state.secrets());
            String artifact = states.keep(content);
            String outputs = applied.keep(ApplyFollower.outputsOf(state));
            return transaction -> {
                StateVersion now = states.add(transaction, run, state, artifact);
                applied.release(transaction, id);
                applied.gives(transaction, id, outputs);
                return what + ": version " + now.version() + " (serial " + now.serial() + ", "
                        + state.managedInstances() + " resources)"
                        + before.map(old -> ", before it version " + old.version())
                                .orElse("");
            };
        }

        private Function<Transaction, String> inBackend() {
            if (order.kind() == StateOrder.Kind.ROLLBACK) {
                throw new StateRefusal(id + " keeps its state in a backend of its own ("
                        + BackendChange.kind(stack.orElseThrow())
                        + "), so former versions are there, too: take the one you want out of it, and bring it in by"
                        + " plumbline state push " + id.typed() + " FILE --force");
            }
            StateBackend.Open backend = open(known(), run.order().tree());
            return switch (order.kind()) {
                case READ -> {
                    byte[] content = backend.pull();
                    conceal(content);
                    artifacts.put(pulled(run.id()), content);
                    yield transaction -> "read from its backend";
                }
                case PUSH -> {
                    IncomingState incoming = IncomingState.read(content());
                    backend.push(unsaved() ? incoming.following(backend.pull()) : content(), order.forced());
                    yield transaction -> {
                        applied.release(transaction, id);
                        return (order.forced() ? "push --force" : "push") + ": serial "
                                + incoming.state().serial() + " to its backend";
                    };
                }
                case MV, RM -> {
                    byte[] before = backend.pull();
                    if (before.length == 0) {
                        throw new StateRefusal(id + " has no state yet");
                    }
                    conceal(before);
                    byte[] after = edited(before);
                    backend.push(after, false);
                    // Asked again: some backends count a write of their own.
                    long serial = StateFile.parse(backend.pull()).serial();
                    yield transaction -> order.kind().word() + " " + said() + ": serial " + serial + " in its backend";
                }
                case ROLLBACK, MIGRATE ->
                    throw new IllegalStateException(order.kind().word());
            };
        }

        private Function<Transaction, String> migrated() {
            Stack wanted = known();
            String target = BackendChange.spelled(wanted);
            BackendChange.Former former = change.former(id)
                    .filter(there -> !there.spelled().equals(target))
                    .orElseThrow(() -> new StateRefusal("nothing to move: its state is where the code wants it"));
            boolean fromHere = former.kind().equals(BackendChange.MANAGED);
            long version = fromHere ? states.currentNumber(id) : 0;
            byte[] content = fromHere
                    ? states.read(states.current(id).orElseThrow())
                    : open(former.stack().orElseThrow(), former.tree()).pull();
            conceal(content);
            if (content.length == 0) {
                return transaction -> noted(transaction, target, 0, "nothing to move: there is no state yet");
            }
            IncomingState moving = IncomingState.read(content);
            if (wanted.managedState()) {
                Optional<StateVersion> current = states.current(id);
                Function<Transaction, String> kept = current.map(states::read)
                                .filter(there -> moving.isIn(there))
                                .isPresent()
                        ? transaction -> "migrate: this server has it already"
                        : kept(current, content, "migrate from its backend (" + former.kind() + ")");
                return transaction -> noted(transaction, target, 0, kept.apply(transaction));
            }
            return intoBackend(moving, content, target, version, BackendChange.kind(wanted));
        }

        private Function<Transaction, String> intoBackend(
                IncomingState moving, byte[] content, String target, long version, String kind) {
            StateBackend.Open backend = open(known(), run.order().tree());
            byte[] there = backend.pull();
            String where = "its new backend (" + kind + ")";
            if (there.length == 0) {
                backend.push(content, false);
                return transaction -> noted(
                        transaction,
                        target,
                        version,
                        "migrate: serial " + moving.state().serial() + " written to " + where);
            }
            if (!moving.isIn(there)) {
                throw new StateRefusal(where + " holds another state ("
                        + IncomingState.read(there).named() + ") than the stack's (" + moving.named()
                        + "); empty it, or name another place in the code");
            }
            return transaction -> noted(transaction, target, version, "migrate: it is in " + where + " already");
        }

        private String noted(Transaction transaction, String target, long version, String sentence) {
            applied.moved(transaction, id, new AppliedStacks.Moved(target, version));
            return sentence;
        }

        private Stack known() {
            List<String> problems = catalog.obstacles(id);
            if (stack.isEmpty() || !problems.isEmpty()) {
                throw new StateRefusal(
                        stack.isEmpty()
                                ? "there is no such stack in commit "
                                        + run.order().commit().abbreviated()
                                : String.join("\n", problems));
            }
            return stack.get();
        }

        private StateBackend.Open open(Stack code, String tree) {
            return backends.open(run, code, tree, log, cancel);
        }

        /** Whether it is what an apply could not save, as it is kept beside its run. */
        private boolean unsaved() {
            return Objects.requireNonNull(order.artifact(), "a push has a content")
                    .startsWith("runs/");
        }

        private byte[] content() {
            return artifacts.require(Objects.requireNonNull(order.artifact(), "a push has a content"));
        }

        private void conceal(byte[] content) {
            log.conceal(
                    content.length == 0
                            ? Secrets.none()
                            : StateFile.parse(content).secrets());
        }

        private byte[] edited(byte[] before) {
            StateCommand command = order.kind() == StateOrder.Kind.MV
                    ? new StateCommand.Move(order.words().get(0), order.words().get(1))
                    : new StateCommand.Remove(order.words());
            return editor.edit(run, before, command);
        }

        private String said() {
            return String.join(" ", order.words());
        }
    }
}
