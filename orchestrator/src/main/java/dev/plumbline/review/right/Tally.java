package dev.plumbline.review.right;

import dev.plumbline.config.Grantee;
import dev.plumbline.config.Rights;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.owners.Demand;
import dev.plumbline.forge.owners.Owner;
import dev.plumbline.forge.owners.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts approvals, once. */
final class Tally {
    private final Hearing hearing;
    private final Matter matter;
    private Optional<Trouble> later = Optional.empty();

    Tally(Hearing hearing, Matter matter) {
        this.hearing = hearing;
        this.matter = matter;
    }

    Approvals of(Collection<String> approvers) {
        TreeSet<String> counted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> uncounted = new LinkedHashSet<>();
        for (String login : approvers) {
            Verdict verdict = hearing.may(Rights.Act.APPROVE, login);
            if (verdict instanceof Verdict.Refused refused) {
                uncounted.add(refused.sentence());
            } else if (verdict instanceof Verdict.Later passing) {
                later = Optional.of(passing.trouble());
                uncounted.add("whether " + login + " may approve can't be told now: "
                        + passing.trouble().sentence());
            } else {
                counted.add(login);
            }
        }
        Set<String> missing = new LinkedHashSet<>();
        matter.rules().fault().ifPresent(missing::add);
        for (Rule rule : hearing.rules(Rights.Act.APPROVE)) {
            if (rule.byOwners() && matter.rules().fault().isEmpty()) {
                missing.addAll(missing(rule, counted));
            }
        }
        int wanted = hearing.approvals();
        if (counted.size() < wanted) {
            missing.add(counted.size() + " of " + wanted + " approvals by others than who made it "
                    + are(counted.size()) + " there");
        }
        return new Approvals(counted, List.copyOf(missing), List.copyOf(uncounted), later);
    }

    private List<String> missing(Rule rule, Set<String> counted) {
        if (hearing.demand() instanceof Demand.Unknown unknown) {
            return List.of("whose approval it needs can't be told: " + unknown.why());
        }
        List<String> missing = new ArrayList<>();
        for (Requirement requirement : ((Demand.Known) hearing.demand()).requirements()) {
            long given = counted.stream()
                    .filter(login -> suffices(rule, requirement, hearing.somebody(login)))
                    .count();
            if (given < requirement.approvals()) {
                missing.add(shown(requirement, given));
            }
        }
        return missing;
    }

    /** An owner's approval counts for what they own, that of anybody else whom the rule lets for everything. */
    private boolean suffices(Rule rule, Requirement requirement, Somebody who) {
        return holds(who.among(requirement.owners()))
                || rule.grantees().stream()
                        .filter(grantee -> !(grantee instanceof Grantee.CodeOwners))
                        .anyMatch(grantee -> holds(hearing.check(grantee, Rights.Act.APPROVE, who)));
    }

    private boolean holds(Finding finding) {
        later = finding.passing().or(() -> later);
        return finding.holds();
    }

    private static String shown(Requirement requirement, long given) {
        int more = requirement.paths().size() - 1;
        String files = requirement.paths().get(0)
                + (more == 0 ? " needs " : " and " + more + (more == 1 ? " more file need " : " more files need "));
        String owners =
                requirement.owners().stream().map(Owner::toString).sorted().collect(Collectors.joining(" or "));
        String section = requirement.section().isEmpty() ? "" : " (" + requirement.section() + ")";
        return requirement.approvals() == 1
                ? files + "an approval of " + owners + section
                : files + requirement.approvals() + " approvals of " + owners + section + ", of which " + given + " "
                        + are(given) + " there";
    }

    private static String are(long count) {
        return count == 1 ? "is" : "are";
    }
}
