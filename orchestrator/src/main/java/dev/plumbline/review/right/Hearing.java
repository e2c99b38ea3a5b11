package dev.plumbline.review.right;

import dev.plumbline.config.Floor;
import dev.plumbline.config.Grantee;
import dev.plumbline.config.Rights;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.People;
import dev.plumbline.forge.owners.Demand;
import dev.plumbline.forge.owners.Dialect;
import dev.plumbline.forge.owners.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One question of rights; the forge is asked each thing once in it. */
final class Hearing {
    private final People people;
    private final List<Floor> floors;
    private final Matter matter;
    private final TreeMap<String, Somebody> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable Answer<Set<String>> hands;
    private @Nullable Demand demand;

    Hearing(People people, List<Floor> floors, Matter matter) {
        this.people = people;
        this.floors = floors;
        this.matter = matter;
    }

    Somebody somebody(String login) {
        return known.computeIfAbsent(login, name -> new Somebody(people, matter.remote(), name));
    }

    /** All lists that must let somebody do it. */
    List<Rule> rules(Rights.Act act) {
        return Rule.over(act, matter, floors);
    }

    /** How many people must approve. */
    int approvals() {
        return Floor.approvals(
                floors, matter.remote().repository(), matter.rules().config().approvals());
    }

    /** Whose approval the changed files need by CODEOWNERS. */
    Demand demand() {
        Demand found = demand == null ? matter.demand() : demand;
        demand = found;
        return found;
    }

    Verdict may(Rights.Act act, String login) {
        Somebody who = somebody(login);
        String refusal = login + " may not " + words(act) + ": ";
        if (matter.rules().fault().isPresent()) {
            return new Verdict.Refused(refusal + matter.rules().fault().get());
        }
        if (act == Rights.Act.APPROVE) {
            Finding free = free(login);
            if (!free.holds()) {
                return refused(free, refusal + free.words());
            }
        }
        List<String> reasons = new ArrayList<>();
        for (Rule rule : rules(act)) {
            Finding found = check(rule, act, who);
            if (!found.holds()) {
                String next = found.kind() == Finding.Kind.UNREAD ? "" : "; " + rule.next();
                return refused(
                        found, refusal + rule.where() + " lets only " + rule.whom() + ", but " + found.words() + next);
            }
            reasons.add(found.words() + " (" + rule.where() + ")");
        }
        return new Verdict.Allowed(String.join(", ", reasons));
    }

    private static Verdict refused(Finding found, String sentence) {
        return found.passing().<Verdict>map(Verdict.Later::new).orElse(new Verdict.Refused(sentence));
    }

    /** The first entry that is about somebody, else what is lacking for each of them. */
    private Finding check(Rule rule, Rights.Act act, Somebody who) {
        Set<String> lacking = new LinkedHashSet<>();
        Finding worst = Finding.lacks("");
        for (Grantee grantee : rule.grantees()) {
            Finding found = check(grantee, act, who);
            if (found.holds()) {
                return found;
            }
            lacking.add(found.words());
            worst = worst.passing().isPresent() || found.kind() == Finding.Kind.LACKS ? worst : found;
        }
        return worst.saying(String.join(", and ", lacking));
    }

    private static String words(Rights.Act act) {
        return act == Rights.Act.PLAN ? "ask for plans" : act.name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody has no hand in the pull request; else their approval can't count, whatever else they may do. */
    private Finding free(String login) {
        if (matter.askers().stream().anyMatch(login::equalsIgnoreCase)) {
            return Finding.lacks(login + " has a hand in it, having asked for it; somebody else must approve it");
        }
        Answer<Set<String>> answer = hands == null ? people.hands(matter.remote(), matter.pull()) : hands;
        hands = answer;
        if (answer instanceof Answer.Given<Set<String>> given) {
            return Finding.of(
                    given.value().stream().noneMatch(login::equalsIgnoreCase),
                    login + " has a hand in it: its author, the authors and committers of its commits and who pushed"
                            + " them can't approve it; somebody else must");
        }
        return Finding.unread("who has a hand in it", answer);
    }

    /** Whether one entry of a rule is about somebody. */
    Finding check(Grantee grantee, Rights.Act act, Somebody who) {
        if (grantee instanceof Grantee.AtLeast least) {
            return who.has(least.level());
        }
        if (grantee instanceof Grantee.Team team) {
            return who.in(team.path());
        }
        if (grantee instanceof Grantee.Person person) {
            Finding named = who.is(person.login());
            return named.holds() || matter.rules().dialect() != Dialect.GITLAB ? named : who.in(person.login());
        }
        return demand() instanceof Demand.Known known
                ? owner(act, who, known.requirements())
                : Finding.unread(((Demand.Unknown) demand()).why());
    }

    /**
     * Whoever owns one of the changed files may approve, since the others need their own owners besides. Anything else takes an
     * owner of all of them: else whoever owns one file could touch it to act on any other.
     */
    private Finding owner(Rights.Act act, Somebody who, List<Requirement> requirements) {
        Set<String> owned = new HashSet<>();
        Finding otherwise = Finding.lacks("by CODEOWNERS nobody owns what it changes");
        for (Requirement requirement : requirements) {
            Finding found = who.among(requirement.owners());
            if (!found.holds()) {
                otherwise = otherwise.kind() == Finding.Kind.UNREAD ? otherwise : found;
            } else if (act == Rights.Act.APPROVE) {
                return Finding.of(
                        true, who.login() + " owns " + requirement.paths().get(0));
            } else {
                owned.addAll(requirement.paths());
            }
        }
        Optional<String> others =
                matter.paths().stream().filter(path -> !owned.contains(path)).findFirst();
        if (owned.isEmpty()) {
            return otherwise;
        }
        return others.isEmpty()
                ? Finding.of(true, who.login() + " owns all that it changes")
                : Finding.lacks(who.login() + " doesn't own " + others.get());
    }
}
