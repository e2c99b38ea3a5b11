package dev.plumbline.forge.owners;

import java.util.List;
import java.util.Set;

/**
 * The say that one line gives its owners in a change.
 *
 * @param section the heading that the line stands under; empty where it stands under none
 * @param line counted from 1
 * @param owners at least one
 * @param approvals how many of them must approve; zero where their approval is welcome only
 * @param paths those of the change that the line decides over, sorted; at least one
 */
public record Requirement(String section, int line, Set<Owner> owners, int approvals, List<String> paths) {
    public Requirement {
        owners = Set.copyOf(owners);
        paths = List.copyOf(paths);
    }
}
