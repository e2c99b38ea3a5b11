package dev.plumbline.run;

import dev.plumbline.hcl.Backend;
import dev.plumbline.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a stack's state is.
 *
 * @param code that says so; empty where this server keeps a state that came in by hand
 */
public record StatePlace(Optional<StackCode> code) {
    /** What stands for the keeping of a state by this server. */
    static final String MANAGED = "managed";

    /** Kept by this server, whatever the code says. */
    public static StatePlace here() {
        return new StatePlace(Optional.empty());
    }

    /** Where a stack's code has it. */
    public static StatePlace wantedBy(StackCode code) {
        return new StatePlace(Optional.of(code));
    }

    /** Whether this server keeps it. */
    public boolean managed() {
        return stack().map(Stack::managedState).orElse(true);
    }

    Optional<Stack> stack() {
        return code.map(StackCode::stack);
    }

    /** Equal spellings are one place; what stands in the block, which may be secret, can't be read from it. */
    public String spelled() {
        return stack().map(StatePlace::spelled).orElse(MANAGED);
    }

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

    /** The backend's name, as the code has it. */
    String kind() {
        return stack().map(StatePlace::kind).orElse(MANAGED);
    }

    static String kind(Stack stack) {
        return stack.code().backend().map(Backend::kind).orElse(MANAGED);
    }
}
