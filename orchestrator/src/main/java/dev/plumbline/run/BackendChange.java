package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.StateFile;
import java.util.Optional;

/** Keeps a stack whose code names another backend than before from leaving its state behind. */
public final class BackendChange {
    private final AppliedStacks applied;
    private final StateVault states;
    private final Catalogs catalogs;

    BackendChange(AppliedStacks applied, StateVault states, Catalogs catalogs) {
        this.applied = applied;
        this.states = states;
        this.catalogs = catalogs;
    }

    /** Where the state is; empty where there is none, as far as this server knows. */
    Optional<StatePlace> former(StackId id) {
        boolean kept = states.current(id)
                .map(version -> StateFile.parse(states.read(version)).managedInstances() > 0)
                .orElse(false);
        Optional<StatePlace> byCode = asApplied(id);
        return byCode.isPresent()
                ? byCode.filter(former -> kept || !former.managed())
                : kept ? Optional.of(StatePlace.here()) : Optional.empty();
    }

    /** By the code that was applied last. A commit that was rewritten away tells nothing. */
    private Optional<StatePlace> asApplied(StackId id) {
        return applied.find(id)
                .flatMap(last -> Optional.ofNullable(last.commit()))
                .map(CommitSha::new)
                .filter(commit -> catalogs.mirror(id.repository()).has(commit))
                .flatMap(commit -> {
                    String tree = catalogs.mirror(id.repository()).tree(commit).id();
                    return catalogs.of(id.repository(), tree)
                            .find(id)
                            .map(stack -> StatePlace.wantedBy(new StackCode(stack, commit, tree)));
                });
    }

    /**
     * Where a state is found: where it was when its stack was applied last, and once a person took it along, where the given code
     * wants it. Empty where nothing was applied and no code is given.
     */
    public Optional<StatePlace> placeOf(StackId id, Optional<StackCode> given) {
        Optional<StatePlace> former = former(id);
        Optional<StatePlace> wanted = given.map(StatePlace::wantedBy);
        return former.isEmpty()
                ? wanted
                : wanted.filter(to -> takenAlong(id, former.get(), to.spelled()))
                        .or(() -> former);
    }

    /**
     * {@link #placeOf}, told by nothing but code that was applied, so that it may be run for anybody. Empty where none was and the
     * given code names a backend.
     */
    public Optional<StatePlace> approvedPlaceOf(StackId id, Optional<StackCode> given) {
        return asApplied(id)
                .or(() -> states.current(id).map(version -> StatePlace.here()))
                .or(() -> Optional.of(given.map(StatePlace::wantedBy).orElse(StatePlace.here()))
                        .filter(StatePlace::managed));
    }

    private boolean takenAlong(StackId id, StatePlace former, String to) {
        return applied.moved(id)
                .filter(moved -> moved.backend().equals(to))
                .filter(moved -> !former.managed() || moved.version() == states.currentNumber(id))
                .isPresent();
    }

    /**
     * Why a plan of that code would leave the state behind, with the steps that take it along; empty where it would not.
     *
     * @param stateOf under whose name the state stands: the former folder's, where it was moved
     */
    public Optional<String> refusal(Stack stack, StackId stateOf) {
        Optional<StatePlace> former = former(stateOf);
        String now = StatePlace.spelled(stack);
        if (former.isEmpty() || former.get().spelled().equals(now)) {
            return Optional.empty();
        }
        if (!stateOf.equals(stack.id())) {
            return Optional.of(oneAfterTheOther(stack, stateOf, former.get()));
        }
        if (takenAlong(stack.id(), former.get(), now)) {
            return Optional.empty();
        }
        boolean before = applied.moved(stack.id())
                .filter(there -> there.backend().equals(now))
                .isPresent();
        return Optional.of(
                before
                        ? "its state was changed after it was moved to the new backend; move it again: plumbline"
                                + " state migrate " + stack.id().typed()
                        : steps(stack, former.get()));
    }

    private static String oneAfterTheOther(Stack stack, StackId stateOf, StatePlace former) {
        return "its folder was moved from " + stateOf
                + ", and at the same time its backend was changed: its state is kept "
                + words(former.kind()) + ", and this code wants it " + words(StatePlace.kind(stack))
                + " of the new folder, where Terraform would find no state and create everything a second time. Take one"
                + " step after the other: leave the backend as it was and merge the move, then change the backend in a"
                + " commit of its own";
    }

    private static String steps(Stack stack, StatePlace former) {
        String id = stack.id().typed();
        String from = words(former.kind());
        String to = words(StatePlace.kind(stack));
        String byHand = former.managed()
                ? "plumbline state pull " + id + " > moving.tfstate"
                : "in its folder, with the code that main has: terraform init && terraform state pull > moving.tfstate";
        String then = stack.managedState()
                ? "  1. plumbline state migrate " + id + "   (takes it out of the backend, and keeps it)\n"
                : "  1. plumbline state migrate " + id + "   (writes it to the new backend; or do that yourself: "
                        + byHand
                        + ", then with the new code: terraform init && terraform state push moving.tfstate, and let"
                        + " migrate see that it is there)\n";
        return "its state is kept " + from + ", and this code wants it " + to
                + ": planned like this, Terraform would find no state and create everything a second time. Take the"
                + " state along first:\n" + then
                + "  2. it is planned again by itself where it stands in an open change; else plumbline retry " + id
                + "\n"
                + "  until this is merged, apply nothing to the stack";
    }

    private static String words(String kind) {
        return kind.equals(StatePlace.MANAGED) ? "by this server" : "in a backend of its own (" + kind + ")";
    }
}
