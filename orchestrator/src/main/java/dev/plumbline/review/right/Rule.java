package dev.plumbline.review.right;

import dev.plumbline.config.Floor;
import dev.plumbline.config.Grantee;
import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.config.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One list of whom to let do something. All lists over a repository must let somebody, each by one of its entries.
 *
 * @param where it is written
 * @param next what to do for whom it doesn't let
 * @param grantees never empty
 */
record Rule(String where, String next, List<Grantee> grantees) {

    /** The base branch's own, then the floors that say something of it. */
    static List<Rule> over(Rights.Act act, Matter matter, List<Floor> floors) {
        String key = "may." + act.name().toLowerCase(Locale.ROOT);
        String branch = matter.rules().branch();
        List<Rule> rules = new ArrayList<>();
        List<Grantee> own = matter.rules().config().may().to(act);
        boolean usual = own.equals(RepositoryConfig.DEFAULT.may().to(act));
        rules.add(new Rule(
                usual ? "the usual " + key : key + " in plumbline.yaml on " + branch,
                "ask one of them, or " + (usual ? "set " + key + " in plumbline.yaml on " : "change the rule on ")
                        + branch,
                own));
        for (int i = 0; i < floors.size(); i++) {
            Floor floor = floors.get(i);
            List<Grantee> grantees = floor.may().to(act);
            if (!grantees.isEmpty()
                    && floor.repository().matches(matter.remote().repository())) {
                rules.add(new Rule(
                        "floors[" + i + "]." + key + " in server.yaml",
                        "ask one of them, or who runs this server",
                        grantees));
            }
        }
        return rules;
    }

    /** Whom it lets, for people. */
    String whom() {
        return grantees.stream().map(Rule::shown).collect(Collectors.joining(" or "));
    }

    boolean byOwners() {
        return grantees.contains(new Grantee.CodeOwners());
    }

    private static String shown(Grantee grantee) {
        if (grantee instanceof Grantee.AtLeast least) {
            return "who has " + least + " permission";
        }
        if (grantee instanceof Grantee.Team team) {
            return "members of " + team;
        }
        return grantee instanceof Grantee.Person person ? person.toString() : "code owners of what it changes";
    }
}
