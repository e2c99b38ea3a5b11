package dev.plumbline.cli.local;

import dev.plumbline.hcl.Backend;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.VariableSecrets;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.OutputChange;
import dev.plumbline.terraform.plan.StateFile;
import dev.plumbline.terraform.plan.StateFormatException;
import dev.plumbline.terraform.plan.ValueJson;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the values of a stack's variables on this machine: in its stack.yaml, in plans just made, in states beside code. */
final class LocalInputs {

    private final StackCatalog catalog;
    private final LocalStates states;

    LocalInputs(StackCatalog catalog, LocalStates states) {
        this.catalog = catalog;
        this.states = states;
    }

    /** What is known of them. */
    sealed interface Values {}

    /** @param json by variable; in clear where they are sensitive, too */
    record Known(SortedMap<String, String> json, Secrets secrets) implements Values {}

    /** An upstream output that is known only once that stack is applied. */
    record Later(String reason) implements Values {}

    /** An upstream output that nobody here knows. */
    record Missing(String reason) implements Values {}

    private record Output(String json, boolean sensitive) {}

    private static final class UnknownOutput extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Values values;

        UnknownOutput(Values values) {
            super(values.toString(), null, false, false);
            this.values = values;
        }
    }

    /**
     * All of them.
     *
     * @param planned what came of the stacks that were planned before this one
     * @param environment further variables of the run's environment
     */
    Values of(Stack stack, Map<StackId, LocalOutcome> planned, Map<String, String> environment) {
        SortedMap<String, String> values = new TreeMap<>();
        Set<String> sensitive = new TreeSet<>(stack.code().sensitiveVariables());
        stack.config().variables().forEach((name, value) -> values.put(name, value.toString()));
        try {
            for (Map.Entry<String, Stack.Input> input : stack.inputs().entrySet()) {
                Output output = output(
                        input.getValue(),
                        Optional.ofNullable(planned.get(input.getValue().stack())));
                values.put(input.getKey(), output.json());
                if (output.sensitive()) {
                    sensitive.add(input.getKey());
                }
            }
        } catch (UnknownOutput e) {
            return e.values;
        }
        return new Known(
                values,
                VariableSecrets.of(values, environment, sensitive)
                        .plus(Secrets.of(stack.code().sensitiveDefaults())));
    }

    private Output output(Stack.Input input, Optional<LocalOutcome> upstream) throws UnknownOutput {
        if (upstream.isPresent()) {
            LocalOutcome outcome = upstream.get();
            if (outcome instanceof LocalOutcome.Failed) {
                throw new UnknownOutput(
                        new Missing("it reads " + input + ", and " + input.stack() + " could not be planned"));
            }
            if (outcome instanceof LocalOutcome.Waiting) {
                throw new UnknownOutput(later(input));
            }
            Optional<OutputChange> change = ((LocalOutcome.Planned) outcome)
                    .plan().outputs().stream()
                            .filter(each -> each.name().equals(input.output()))
                            .findFirst();
            if (change.isPresent()) {
                if (!change.get().change().unknown().isEmpty()) {
                    throw new UnknownOutput(later(input));
                }
                return new Output(
                        ValueJson.plain(change.get().change().after()),
                        change.get().sensitive());
            }
        }
        return stored(input);
    }

    private Output stored(Stack.Input input) throws UnknownOutput {
        Optional<Backend> backend =
                catalog.find(input.stack()).flatMap(stack -> stack.code().backend());
        if (backend.isPresent()) {
            throw new UnknownOutput(new Missing("it reads " + input + ", and the state of " + input.stack()
                    + " is not on this machine but in its backend ("
                    + backend.get().kind()
                    + "); plan both in one command where its plan tells the output, or let the server plan it"));
        }
        Optional<byte[]> state = states.of(input.stack());
        if (state.isEmpty()) {
            throw new UnknownOutput(new Missing("it reads " + input + ", but there is no " + states.file(input.stack())
                    + "; plan both in one command where its plan tells the output, or lay that stack's state there"));
        }
        try {
            return Optional.ofNullable(StateFile.parse(state.get()).outputs().get(input.output()))
                    .map(output -> new Output(output.json(), output.sensitive()))
                    .orElseThrow(() -> new UnknownOutput(new Missing(
                            "it reads " + input + ", which " + states.file(input.stack()) + " does not have")));
        } catch (StateFormatException e) {
            throw new UnknownOutput(new Missing(states.file(input.stack()) + " can't be read: " + e.getMessage()));
        }
    }

    private static Later later(Stack.Input input) {
        return new Later("planned after " + input.stack() + " is applied, since it reads " + input);
    }
}
