package dev.plumbline.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * {@code stack.yaml} beside a stack's code.
 *
 * @param name a second name for the stack, unique in its repository
 * @param dependsOn stacks that are planned and applied before this one, as people name them
 * @param inputs variable of this stack → {@code stack.output}
 * @param variables variable of this stack → its value
 * @param varFiles files with values, relative to the stack's folder
 * @param watch globs over further files that the stack reads, relative to its folder; with a leading slash, to the
 *     repository's root
 * @param movedFrom the folder the stack stood in before
 * @param workspace the Terraform workspace; empty for the default one
 * @param terraform the program that plans and applies it; empty for the repository's, else the server's
 */
public record StackConfig(
        Optional<String> name,
        List<String> dependsOn,
        SortedMap<String, String> inputs,
        SortedMap<String, JsonNode> variables,
        List<String> varFiles,
        List<Glob> watch,
        Optional<String> movedFrom,
        Optional<String> workspace,
        Optional<TerraformChoice> terraform,
        Drift drift) {

    /** What holds where the file, or a key of it, is missing. */
    public static final StackConfig DEFAULT = new StackConfig(
            Optional.empty(),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Drift(true, Optional.empty()));

    public StackConfig {
        dependsOn = List.copyOf(dependsOn);
        inputs = sorted(inputs);
        variables = sorted(variables);
        varFiles = List.copyOf(varFiles);
        watch = List.copyOf(watch);
    }

    /** The same, with a program for where it names none. */
    public StackConfig orTerraform(Optional<TerraformChoice> choice) {
        return terraform.isPresent() || choice.isEmpty()
                ? this
                : new StackConfig(
                        name, dependsOn, inputs, variables, varFiles, watch, movedFrom, workspace, choice, drift);
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /**
     * Drift checks of one stack.
     *
     * @param enabled whether the stack is checked on a schedule at all
     * @param schedule its own schedule, in UTC; empty means the repository's
     */
    public record Drift(boolean enabled, Optional<CronSchedule> schedule) {}
}
