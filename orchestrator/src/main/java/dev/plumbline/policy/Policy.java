package dev.plumbline.policy;

import dev.plumbline.config.Glob;
import dev.plumbline.terraform.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One policy, ready to judge.
 *
 * @param name its file's name without the ending
 */
record Policy(String name, Optional<String> title, List<Glob> stacks, List<Rule> rules) {

    boolean concerns(String stack) {
        return stacks.stream().anyMatch(glob -> glob.matches(stack));
    }

    Stream<Finding> findings(Plan plan) {
        return rules.stream().flatMap(rule -> rule.in(plan, name, title).stream());
    }
}
