package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Secrets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Terraform would do.
 *
 * @param applyable whether there is anything to apply
 * @param complete false where something was deferred or left out by a target
 * @param errored whether planning failed midway; such a plan can't be applied
 * @param changes of resources, sorted by address, the ones without effect included
 * @param drift what differs from the state, sorted by address
 * @param outputs sorted by name
 * @param checks sorted by address
 * @param variables the values that were given; of {@code show -json} the defaults too
 * @param relevantAttributes parts of resources that the changes may follow from, as {@code address.path}
 * @param stateSecrets the strings that the state in the plan marks as sensitive, and variables known to be
 */
public record Plan(
        String terraformVersion,
        boolean applyable,
        boolean complete,
        boolean errored,
        List<ResourceChange> changes,
        List<ResourceChange> drift,
        List<OutputChange> outputs,
        List<CheckResult> checks,
        SortedMap<String, Value> variables,
        SortedSet<String> relevantAttributes,
        Secrets stateSecrets) {

    public Plan {
        changes = changes.stream().sorted(ResourceChange.BY_ADDRESS).toList();
        drift = drift.stream().sorted(ResourceChange.BY_ADDRESS).toList();
        outputs = outputs.stream()
                .sorted(Comparator.comparing(OutputChange::name))
                .toList();
        checks = checks.stream()
                .sorted(Comparator.comparing(CheckResult::address))
                .toList();
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        relevantAttributes = Collections.unmodifiableSortedSet(new TreeSet<>(relevantAttributes));
    }

    /** Whether applying it would do anything to a resource or an output. */
    public boolean hasChanges() {
        return changes.stream().anyMatch(change -> change.hasEffect() && change.action() != Action.READ)
                || outputs.stream().anyMatch(output -> output.change().action() != Action.NO_OP);
    }

    /** The same of a program that tells neither, as OpenTofu and Terraform before 1.8: what can be said of it all the same. */
    Plan ofFewWords() {
        return new Plan(
                terraformVersion,
                !errored && hasChanges(),
                !errored,
                errored,
                changes,
                drift,
                outputs,
                checks,
                variables,
                relevantAttributes,
                stateSecrets);
    }

    /** This plan with what the provider's schema calls sensitive hidden too, and each side's marks on both sides. */
    public Plan marked(SensitiveSchema schema) {
        return new Plan(
                terraformVersion,
                applyable,
                complete,
                errored,
                changes.stream().map(schema::mark).toList(),
                drift.stream().map(schema::mark).toList(),
                outputs,
                checks,
                variables,
                relevantAttributes,
                stateSecrets);
    }

    /** Every string that is marked sensitive anywhere in it; call {@link #marked} first where a provider's schema is known. */
    public Secrets secrets() {
        Secrets.Builder found = Secrets.builder();
        Stream.concat(changes.stream(), drift.stream())
                .map(ResourceChange::change)
                .forEach(change -> collect(change, found));
        outputs.forEach(output -> collect(output.change(), found));
        return found.build().plus(stateSecrets);
    }

    /**
     * Every string in the values of these variables, for those that the code declares as sensitive, which a plan file
     * doesn't tell.
     */
    public Secrets secretsOf(Collection<String> sensitiveVariables) {
        Secrets.Builder found = Secrets.builder();
        for (Map.Entry<String, Value> variable : variables.entrySet()) {
            if (sensitiveVariables.contains(variable.getKey())) {
                variable.getValue().eachText(found::add);
            }
        }
        return found.build();
    }

    private static void collect(Change change, Secrets.Builder found) {
        SortedSet<Path> paths = change.sensitive();
        if (!paths.isEmpty()) {
            Marks marks = Marks.of(paths);
            marks.eachMarkedText(change.before(), found::add);
            marks.eachMarkedText(change.after(), found::add);
        }
    }
}
