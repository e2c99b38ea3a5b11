package dev.plumbline.terraform.report;

import dev.plumbline.terraform.plan.Action;
import dev.plumbline.terraform.plan.OutputChange;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.ResourceChange;
import java.util.ArrayList;
import java.util.List;

/**
 * How many objects a plan touches, by what it does to them. A replacement counts once, as {@code replace}; a move or import
 * counts beside what else is done to the object.
 */
public record Summary(
        int add, int change, int destroy, int replace, int imported, int moved, int forgotten, int outputs) {

    public static Summary of(Plan plan) {
        int[] count = new int[7];
        for (ResourceChange change : plan.changes()) {
            switch (change.action()) {
                case CREATE -> count[0]++;
                case UPDATE -> count[1]++;
                case DELETE -> count[2]++;
                case REPLACE_DESTROY_FIRST, REPLACE_CREATE_FIRST, CREATE_THEN_FORGET -> count[3]++;
                case FORGET -> count[6]++;
                case NO_OP, READ -> {}
            }
            count[4] += change.change().importing() == null ? 0 : 1;
            count[5] += change.moved() ? 1 : 0;
        }
        long outputs = plan.outputs().stream()
                .map(OutputChange::change)
                .filter(change -> change.action() != Action.NO_OP)
                .count();
        return new Summary(count[0], count[1], count[2], count[3], count[4], count[5], count[6], (int) outputs);
    }

    /** Whether nothing at all would be done. */
    public boolean nothing() {
        return add + change + destroy + replace + imported + moved + forgotten + outputs == 0;
    }

    /** One line, with Terraform's own way of counting: a replacement is one to add and one to destroy. */
    public String line() {
        if (nothing()) {
            return "No changes.";
        }
        List<String> parts = new ArrayList<>();
        if (imported > 0) {
            parts.add(imported + " to import");
        }
        parts.add(add + replace + " to add");
        parts.add(change + " to change");
        parts.add(destroy + replace + " to destroy");
        if (moved > 0) {
            parts.add(moved + " to move");
        }
        if (forgotten > 0) {
            parts.add(forgotten + " to forget");
        }
        String replaced = replace == 0 ? "" : " (" + replace + " by replacement)";
        String changedOutputs = outputs == 0 ? "" : " Outputs: " + outputs + " to change.";
        return "Plan: " + String.join(", ", parts) + replaced + "." + changedOutputs;
    }
}
