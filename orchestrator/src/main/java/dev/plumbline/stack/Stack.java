package dev.plumbline.stack;

import dev.plumbline.config.StackConfig;
import dev.plumbline.hcl.TerraformCode;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder with Terraform code and one state.
 *
 * @param config its stack.yaml; the defaults where there is none
 * @param code what the files of its own folder say
 * @param closure every file of the repository that it reads
 * @param dependsOn all stacks that go before it: named by {@code depends_on}, read by {@code inputs}, or recognised by
 *     their backend in a {@code terraform_remote_state}
 * @param inputs variable of this stack → where its value comes from
 * @param init what {@code terraform init} must do for it
 * @param modules folders of the local modules it uses, directly or through others, sorted
 * @param missingFiles paths that its code reads and that the commit lacks
 * @param readFiles files that its code, or that of its modules, reads by their paths
 */
public record Stack(
        StackId id,
        StackConfig config,
        TerraformCode code,
        Closure closure,
        SortedSet<StackId> dependsOn,
        SortedMap<String, Input> inputs,
        InitNeeds init,
        List<String> modules,
        List<String> missingFiles,
        SortedSet<String> readFiles) {

    public Stack {
        dependsOn = Collections.unmodifiableSortedSet(new TreeSet<>(dependsOn));
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        modules = List.copyOf(modules);
        missingFiles = List.copyOf(missingFiles);
        readFiles = Collections.unmodifiableSortedSet(new TreeSet<>(readFiles));
    }

    /** The same stack with other content in its files. */
    Stack with(Closure now, TerraformCode own) {
        return new Stack(id, config, own, now, dependsOn, inputs, init, modules, missingFiles, readFiles);
    }

    /** Whether its code names no backend, so that its state is kept for it. */
    public boolean managedState() {
        return code.backend().isEmpty();
    }

    /** Another stack's output as the value of a variable. */
    public record Input(StackId stack, String output) {
        /** {@code stacks/network.vpc_id}. */
        @Override
        public String toString() {
            return stack + "." + output;
        }
    }

    /**
     * What {@code terraform init} must do; a stack for which all are false can be planned without it.
     *
     * @param modules also true for local modules, since init writes down where each call leads
     */
    public record InitNeeds(boolean backend, boolean modules, boolean providers) {
        public boolean any() {
            return backend || modules || providers;
        }
    }
}
