package dev.plumbline.forge.owners;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines that decide together over a path.
 *
 * @param name empty for lines under no heading
 * @param approvals what each of its lines asks for; zero where none is needed
 * @param exclusions what it says nothing about
 */
record Section(String name, int approvals, Which which, List<Rule> rules, List<PathPattern> exclusions) {

    /** What it takes to look at a line, however little is compared. */
    private static final int LOOK = 8;

    /** Which of the lines that fit count. */
    enum Which {
        LAST,
        EVERY
    }

    /** The lines that count for a path. */
    List<Rule> over(RepositoryPath path, Effort effort) {
        effort.spend(LOOK * (exclusions.size() + 1L));
        if (exclusions.stream().anyMatch(excluded -> excluded.fits(path, effort))) {
            return List.of();
        }
        List<Rule> found = new ArrayList<>();
        for (int i = rules.size() - 1; i >= 0; i--) {
            Rule rule = rules.get(i);
            effort.spend(LOOK);
            if (rule.pattern().fits(path, effort)) {
                found.add(rule);
                if (which == Which.LAST) {
                    break;
                }
            }
        }
        return found;
    }
}
