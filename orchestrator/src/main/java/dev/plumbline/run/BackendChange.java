package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.hcl.Backend;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.StateFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps a stack whose code names another backend than before from leaving its state behind. */
public final class BackendChange {
    /** What stands for the keeping of a stack's state by this server. */
    static final String MANAGED = "managed";

    private final AppliedStacks applied;
    private final StateVault states;
    private final Catalogs catalogs;

    BackendChange(AppliedStacks applied, StateVault states, Catalogs catalogs) {
        this.applied = applied;
        this.states = states;
        this.catalogs = catalogs;
    }

    /**
     * Where a stack's state was before.
     *
     * @param stack with the code that was applied last; empty where none was and the state came in by hand
     * @param tree of that code; the empty string without it
     */
    record Former(Optional<Stack> stack, String tree) {
        String spelled() {
            return stack.map(BackendChange::spelled).orElse(MANAGED);
        }

        String kind() {
            return stack.map(BackendChange::kind).orElse(MANAGED);
        }
    }

    /** Equal spellings are one backend; what stands in the block, which may be secret, can't be read from it. */
    static String spelled(Stack stack) {
        return stack.code()
                .backend()
                .map(Backend::stableText)
                .map(text -> text
                        + stack.config()
                                .workspace()
                                .filter(name -> !name.equals("default"))
                                .map(name -> "\nworkspace " + name)
                                .orElse(""))
                .map(text -> kind(stack) + " " + PlanReporter.sha256(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(MANAGED);
    }

    static String kind(Stack stack) {
        return stack.code().backend().map(Backend::kind).orElse(MANAGED);
    }

    /** Where the state is; empty where there is none, as far as this server knows. */
    Optional<Former> former(StackId id) {
        boolean kept = states.current(id)
                .map(version -> StateFile.parse(states.read(version)).managedInstances() > 0)
                .orElse(false);
        Optional<Former> byCode =
                applied.find(id).map(AppliedStacks.Applied::commit).flatMap(commit -> asApplied(id, commit));
        return byCode.isPresent()
                ? byCode.filter(former -> kept || !former.kind().equals(MANAGED))
                : kept ? Optional.of(new Former(Optional.empty(), "")) : Optional.empty();
    }

    /** A commit that was rewritten away tells nothing. */
    private Optional<Former> asApplied(StackId id, String commit) {
        if (!catalogs.mirror(id.repository()).has(new CommitSha(commit))) {
            return Optional.empty();
        }
        String tree =
                catalogs.mirror(id.repository()).tree(new CommitSha(commit)).id();
        return catalogs.of(id.repository(), tree).find(id).map(stack -> new Former(Optional.of(stack), tree));
    }

    /**
     * Why a plan of that code would leave the state behind, with the steps that take it along; empty where it would not.
     *
     * @param stateOf under whose name the state stands: the former folder's, where it was moved
     */
    public Optional<String> refusal(Stack stack, StackId stateOf) {
        Optional<Former> former = former(stateOf);
        String now = spelled(stack);
        if (former.isEmpty() || former.get().spelled().equals(now)) {
            return Optional.empty();
        }
        if (!stateOf.equals(stack.id())) {
            return Optional.of(oneAfterTheOther(stack, stateOf, former.get()));
        }
        Optional<AppliedStacks.Moved> moved =
                applied.moved(stack.id()).filter(there -> there.backend().equals(now));
        if (moved.isEmpty()) {
            return Optional.of(steps(stack, former.get()));
        }
        boolean fromHere = former.get().kind().equals(MANAGED);
        return fromHere && moved.get().version() != states.currentNumber(stack.id())
                ? Optional.of("its state was changed after it was moved to the new backend; move it again: plumbline"
                        + " state migrate " + stack.id().typed())
                : Optional.empty();
    }

    private static String oneAfterTheOther(Stack stack, StackId stateOf, Former former) {
        return "its folder was moved from " + stateOf
                + ", and at the same time its backend was changed: its state is kept "
                + words(former.kind()) + ", and this code wants it " + words(kind(stack))
                + " of the new folder, where Terraform would find no state and create everything a second time. Take one"
                + " step after the other: leave the backend as it was and merge the move, then change the backend in a"
                + " commit of its own";
    }

    private static String steps(Stack stack, Former former) {
        String id = stack.id().typed();
        String from = words(former.kind());
        String to = words(kind(stack));
        String byHand = former.kind().equals(MANAGED)
                ? "plumbline state pull " + id + " > moving.tfstate"
                : "in its folder, with the code that main has: terraform init && terraform state pull > moving.tfstate";
        String then = kind(stack).equals(MANAGED)
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
        return kind.equals(MANAGED) ? "by this server" : "in a backend of its own (" + kind + ")";
    }
}
