package dev.plumbline.policy;

import dev.plumbline.config.ConfigProblem;
import dev.plumbline.terraform.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All policies of one tree, and what is wrong with them. Immutable. */
public final class Policies {
    private final String id;
    private final List<Policy> all;
    private final List<ConfigProblem> problems;

    Policies(String id, List<Policy> all, List<ConfigProblem> problems) {
        this.id = id;
        this.all = List.copyOf(all);
        this.problems = List.copyOf(problems);
    }

    /** Names their content: as long as it stays, they say the same of the same plan. */
    public String id() {
        return id;
    }

    /** Whether there is nothing to judge by, and nothing wrong with that. */
    public boolean none() {
        return all.isEmpty() && problems.isEmpty();
    }

    /** How many can be read. */
    public int count() {
        return all.size();
    }

    /** What keeps some of them from being read; until that is mended, they refuse every plan. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /**
     * Judges a plan.
     *
     * @param stack the folder of its stack
     */
    public Verdict judge(String stack, Plan plan) {
        List<Policy> own = all.stream().filter(policy -> policy.concerns(stack)).toList();
        TreeSet<String> names = new TreeSet<>();
        own.forEach(policy -> names.add(policy.name()));
        problems.forEach(problem -> names.add(PolicyReader.name(problem.file())));
        return new Verdict(
                names,
                Stream.concat(
                                problems.stream().map(Policies::unreadable),
                                own.stream().flatMap(policy -> policy.findings(plan)))
                        .toList());
    }

    private static Finding unreadable(ConfigProblem problem) {
        return new Finding(
                PolicyReader.name(problem.file()),
                Optional.empty(),
                Severity.REFUSES,
                "it can't be read: " + problem + "; mend it on the branch that this goes to first",
                Optional.empty());
    }
}
