package dev.plumbline.drift;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.Action;
import dev.plumbline.terraform.plan.Change;
import dev.plumbline.terraform.plan.OutputChange;
import dev.plumbline.terraform.plan.Path;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.ResourceAddress;
import dev.plumbline.terraform.plan.ResourceChange;
import dev.plumbline.terraform.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a plan says has diverged. Terraform tells it twice: as drift, which is what differs from the state, and as changes, which is
 * what differs from the code. Where both name one attribute the change counts, since it knows what main wants.
 */
final class PlanDifferences {
    private static final String WHOLE = "";

    private final ServerKey key;
    private final StackId stack;
    private final DifferenceText text;
    private final Map<String, Difference> found = new TreeMap<>();

    private PlanDifferences(ServerKey key, StackId stack, Masker masker) {
        this.key = key;
        this.stack = stack;
        this.text = new DifferenceText(masker);
    }

    /**
     * Everything that diverged, by address and path.
     *
     * @param more secrets that the plan itself doesn't tell
     */
    static List<Difference> of(StackId stack, Plan plan, Secrets more, ServerKey key) {
        PlanDifferences differences =
                new PlanDifferences(key, stack, plan.secrets().plus(more).masker());
        plan.changes().stream().filter(PlanDifferences::counts).forEach(differences::addChange);
        plan.drift().forEach(differences::addDrift);
        if (differences.found.isEmpty()) {
            plan.outputs().forEach(differences::addOutput);
        }
        return List.copyOf(differences.found.values());
    }

    private static boolean counts(ResourceChange change) {
        return change.hasEffect()
                && change.action() != Action.READ
                && change.address().mode() == ResourceAddress.Mode.MANAGED;
    }

    private void addChange(ResourceChange change) {
        Change values = change.change();
        switch (change.action()) {
            case CREATE -> add(change, "main would create it: the state has no such thing");
            case DELETE -> add(change, "it is there, and main does not want it");
            case FORGET -> add(change, "the state has it, and main no longer does");
            case NO_OP ->
                add(
                        change,
                        change.moved() ? "it would be moved from " + change.previousAddress() : "it would be imported");
            default -> addAttributes(change, values, true);
        }
    }

    private void addDrift(ResourceChange drift) {
        if (drift.action() == Action.DELETE) {
            add(drift, "deleted outside");
        } else if (drift.action() != Action.NO_OP) {
            addAttributes(drift, drift.change(), false);
        }
    }

    /** What is known only after apply follows from something else, and counts only where nothing else differs. */
    private void addAttributes(ResourceChange change, Change values, boolean wanted) {
        List<Path> differing = new ArrayList<>();
        List<Path> unknown = new ArrayList<>();
        ValueDifference.collect(values.before(), values.after(), differing, unknown);
        for (Path path : differing.isEmpty() ? unknown : differing) {
            Value is = ValueDifference.at(wanted ? values.before() : values.after(), path);
            Value other = ValueDifference.at(wanted ? values.after() : values.before(), path);
            String sentence =
                    wanted ? text.isAndWanted(values, path, is, other) : text.wasAndIs(values, path, other, is);
            add(subject(change), path.toString(), sentence, is, other);
        }
    }

    private void addOutput(OutputChange output) {
        Change change = output.change();
        if (change.action() != Action.NO_OP) {
            add(
                    "output." + output.name(),
                    WHOLE,
                    text.isAndWanted(change, Path.ROOT, change.before(), change.after()),
                    change.before(),
                    change.after());
        }
    }

    /** Of a whole object the latest word counts: that it was deleted outside says why it would be created. */
    private void add(ResourceChange change, String sentence) {
        add(
                subject(change),
                WHOLE,
                sentence,
                change.change().before(),
                change.change().after());
    }

    private static String subject(ResourceChange change) {
        String deposed = change.deposedKey();
        return change.address().text() + (deposed.isEmpty() ? "" : " (deposed " + deposed + ")");
    }

    private void add(String address, String path, String sentence, Value one, Value other) {
        String print = Fingerprint.of(key, stack, address, path, one, other);
        Difference difference = new Difference(print, text.safe(address), text.safe(path), text.safe(sentence));
        String place = address + "\0" + path;
        if (path.isEmpty()) {
            found.put(place, difference);
        } else {
            found.putIfAbsent(place, difference);
        }
    }
}
