package dev.plumbline.run;

/**
 * What a plan rests on. While all of it stays the same the plan may be applied as it is; once any of it moved, the stack is
 * planned again.
 *
 * @param code the hash of the stack's closure
 * @param stateVersion the version of its managed state; where the stack has a backend of its own, the last order of a person
 *     that changed the state there, or took it there (what others do there, Terraform itself notices by the serial). Zero where
 *     there is none yet
 * @param inputs a keyed digest over its variables and its environment
 * @param terraform the version of the program
 */
public record Basis(String code, long stateVersion, String inputs, String terraform) {

    /** What moved since the other, in words; empty where nothing did. */
    public String movedSince(Basis seen) {
        if (!code.equals(seen.code)) {
            return "its code moved";
        }
        if (stateVersion != seen.stateVersion) {
            return "its state moved";
        }
        if (!inputs.equals(seen.inputs)) {
            return "its inputs moved";
        }
        return terraform.equals(seen.terraform) ? "" : "Terraform moved from " + seen.terraform + " to " + terraform;
    }
}
