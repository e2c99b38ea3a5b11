package dev.plumbline.run;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.secret.VariableSecrets;
import dev.plumbline.stack.Stack;
import dev.plumbline.terraform.plan.OutputChange;
import dev.plumbline.terraform.plan.Value;
import dev.plumbline.terraform.plan.ValueJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.ObjectMapper;

/** Finds the values of a stack's variables. */
public final class StackInputs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerConfig config;
    private final AppliedStacks applied;
    private final KeptPlans plans;
    private final ServerKey key;
    /** Most stacks are given nothing. */
    private final String digestOfNothing;

    public StackInputs(ServerConfig config, AppliedStacks applied, KeptPlans plans, ServerKey key) {
        this.config = config;
        this.applied = applied;
        this.plans = plans;
        this.key = key;
        this.digestOfNothing = digestOf(new TreeMap<>());
    }

    /** The values as they are now; upstream outputs come from the given plans where those speak of them. */
    public Inputs resolve(Stack stack, GivenOutputs given) {
        SortedMap<String, String> values = ownValues(stack);
        Set<String> sensitive = new TreeSet<>(stack.code().sensitiveVariables());
        for (Map.Entry<String, Stack.Input> input : stack.inputs().entrySet()) {
            Optional<AppliedStacks.Output> output = output(input.getValue(), given);
            if (output.isEmpty()) {
                return missing(input.getValue(), given);
            }
            values.put(input.getKey(), output.get().json());
            if (output.get().sensitive()) {
                sensitive.add(input.getKey());
            }
        }
        return new Inputs.Known(
                values,
                secrets(stack, values, sensitive),
                digest(values, environment(stack, EnvironmentRule.Phase.PLAN)));
    }

    /** What the server's configuration adds to the environment of a stack's runs. */
    SortedMap<String, String> environment(Stack stack, EnvironmentRule.Phase phase) {
        return config.environmentFor(stack.id().repository(), stack.id().folder(), phase);
    }

    /** All that must not be shown of what a stack is given, as far as that is known. */
    Secrets secrets(Stack stack) {
        return resolve(stack, GivenOutputs.NONE) instanceof Inputs.Known known
                ? known.secrets()
                : secrets(stack, ownValues(stack), stack.code().sensitiveVariables());
    }

    private Secrets secrets(Stack stack, SortedMap<String, String> values, Set<String> sensitive) {
        Secrets secrets = Secrets.of(stack.code().sensitiveDefaults());
        for (EnvironmentRule.Phase phase : EnvironmentRule.Phase.values()) {
            secrets = secrets.plus(VariableSecrets.of(values, environment(stack, phase), sensitive));
        }
        return secrets;
    }

    private static SortedMap<String, String> ownValues(Stack stack) {
        SortedMap<String, String> values = new TreeMap<>();
        stack.config().variables().forEach((name, value) -> values.put(name, value.toString()));
        return values;
    }

    private Optional<AppliedStacks.Output> output(Stack.Input input, GivenOutputs given) {
        Optional<RunId> plan = given.planOf(input.stack());
        Optional<OutputChange> planned = plan.flatMap(run -> plans.model(run).outputs().stream()
                .filter(output -> output.name().equals(input.output()))
                .findFirst());
        if (planned.isPresent()) {
            Value value = planned.get().change().after();
            boolean unknown = !planned.get().change().unknown().isEmpty();
            return unknown
                    ? Optional.empty()
                    : Optional.of(new AppliedStacks.Output(
                            ValueJson.plain(value), planned.get().sensitive()));
        }
        return Optional.ofNullable(applied.outputs(input.stack()).get(input.output()));
    }

    private Inputs.Missing missing(Stack.Input input, GivenOutputs given) {
        boolean planned = given.planOf(input.stack()).isPresent();
        return new Inputs.Missing(
                input,
                planned,
                planned
                        ? "planned after " + input.stack() + " is applied, since it reads " + input
                        : "it reads " + input + ", which does not exist: " + input.stack()
                                + " was never applied, or has no such output");
    }

    private String digest(SortedMap<String, String> values, SortedMap<String, String> environment) {
        return Inputs.digest(digest(values), digest(environment));
    }

    private String digest(SortedMap<String, String> part) {
        return part.isEmpty() ? digestOfNothing : digestOf(part);
    }

    private String digestOf(SortedMap<String, String> part) {
        byte[] all = JSON.writeValueAsString(part).getBytes(StandardCharsets.UTF_8);
        return key.hmacHex("inputs", all).substring(0, 32);
    }
}
