package dev.plumbline.terraform.event;

import java.util.List;

/**
 * One line of Terraform's machine-readable interface. New kinds may come with new versions of Terraform; they are
 * {@link Other}.
 */
public sealed interface TerraformEvent {

    /** One line for people, as Terraform words it; it may hold values and control characters of foreign origin. */
    String message();

    record Version(String terraform, String ui, String message) implements TerraformEvent {}

    /**
     * @param action create, read, update, replace, delete, move, import, forget or noop
     * @param reason why, in Terraform's words; may be empty
     */
    record PlannedChange(String address, String action, String reason, String message) implements TerraformEvent {}

    /** The real object differs from the state. */
    record ResourceDrift(String address, String action, String message) implements TerraformEvent {}

    /** @param operation plan, apply or destroy */
    record ChangeSummary(String operation, int add, int change, int remove, int imported, String message)
            implements TerraformEvent {}

    /** The names only: values come with the state. */
    record Outputs(List<String> names, String message) implements TerraformEvent {
        public Outputs {
            names = List.copyOf(names);
        }
    }

    /**
     * Work on one resource.
     *
     * @param action create, read, update, delete; empty where Terraform names none
     * @param elapsedSeconds since the start of that work
     */
    record ResourceStep(Step step, String address, String action, int elapsedSeconds, String message)
            implements TerraformEvent {}

    /** What is being done, and how far it is. */
    enum Step {
        APPLY_START,
        APPLY_PROGRESS,
        APPLY_COMPLETE,
        APPLY_ERRORED,
        REFRESH_START,
        REFRESH_COMPLETE,
        PROVISION_START,
        PROVISION_PROGRESS,
        PROVISION_COMPLETE,
        PROVISION_ERRORED
    }

    record Problem(Diagnostic diagnostic, String message) implements TerraformEvent {}

    record Log(String level, String message) implements TerraformEvent {}

    /** A kind this program doesn't know. */
    record Other(String type, String message) implements TerraformEvent {}

    /** A line that is not of the interface: a crash, or the output of something else. */
    record Text(String message) implements TerraformEvent {}
}
