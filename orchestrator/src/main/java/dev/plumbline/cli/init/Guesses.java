package dev.plumbline.cli.init;

import dev.plumbline.hcl.Variable;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Inputs that seem to be meant: a variable that must be given, and exactly one other stack with an output of that name. Only
 * names speak for it, so it is told, never written.
 */
final class Guesses {
    private static final int MOST = 30;

    private Guesses() {}

    /**
     * @param stack whose stack.yaml would say it
     * @param variable also the output's name
     * @param from the other stack
     */
    record Guess(StackId stack, String variable, StackId from) {
        String line() {
            return stack + "/stack.yaml   inputs: { " + variable + ": " + from + "." + variable + " }";
        }
    }

    /** The first of them, by stack. */
    static List<Guess> among(Collection<Stack> stacks) {
        Map<String, List<StackId>> outputs = new HashMap<>();
        for (Stack stack : stacks) {
            stack.code()
                    .outputs()
                    .forEach(output -> outputs.computeIfAbsent(output.name(), unused -> new ArrayList<>())
                            .add(stack.id()));
        }
        List<Guess> guesses = new ArrayList<>();
        for (Stack stack : stacks) {
            for (Variable variable : stack.code().variables()) {
                List<StackId> from = new ArrayList<>(outputs.getOrDefault(variable.name(), List.of()));
                from.remove(stack.id());
                boolean given = stack.inputs().containsKey(variable.name())
                        || stack.config().variables().containsKey(variable.name());
                if (!variable.hasDefault() && !given && from.size() == 1 && guesses.size() < MOST) {
                    guesses.add(new Guess(stack.id(), variable.name(), from.get(0)));
                }
            }
        }
        return guesses;
    }
}
