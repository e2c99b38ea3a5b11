package dev.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigProblem;
import dev.plumbline.stack.MemoryTree;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Policies as they stand in a tree: read whole, or named with what is wrong, never passed over. */
class PolicyReadingTest {
    private static final String GOOD = "refuse: [{actions: [destroy]}]\n";

    private final PolicyEngine engine = new PolicyEngine();

    @Test
    void a_tree_without_policies_has_none() {
        assertThat(engine.in(MemoryTree.empty()).none()).isTrue();
        assertThat(engine.in(MemoryTree.empty()
                                .with("policies/README.md", "# Policies")
                                .with("policies/iam.json", "{}")
                                .with("policies/aws/deep.yaml", "anything: else")
                                .with("policies.yaml", "x"))
                        .none())
                .isTrue();
    }

    @Test
    void each_yaml_file_of_the_folder_is_a_policy() {
        Policies policies = engine.in(MemoryTree.empty()
                .with("policies/a.yaml", GOOD)
                .with("policies/b.yml", GOOD)
                .with("policies/C.YAML", GOOD));

        assertThat(policies.problems()).isEmpty();
        assertThat(policies.count()).isEqualTo(3);
    }

    @Test
    void the_same_folder_is_read_once() {
        MemoryTree tree = MemoryTree.empty().with("policies/a.yaml", GOOD);

        assertThat(engine.in(tree)).isSameAs(engine.in(tree.with("stacks/a/main.tf", "")));
        assertThat(engine.in(tree.with("policies/a.yaml", "warn: [{actions: [destroy]}]")))
                .isNotSameAs(engine.in(tree));
    }

    @Test
    void what_is_wrong_is_named_with_line_column_and_the_nearest_name() {
        assertThat(wrong("refuse:\n  - action: [destroy]\n"))
                .startsWith("policies/p.yaml:2:5: unknown key 'action'; did you mean 'actions'?");
        assertThat(wrong("refuse:\n  - actions: [destory]\n"))
                .startsWith("policies/p.yaml:2:15: ")
                .contains("did you mean 'destroy'?");
        assertThat(wrong("refuse:\n  - resources: [a]\n")).startsWith("policies/p.yaml:2:5: 'actions' is missing");
        assertThat(wrong("refuse:\n  - actions: [update]\n    where: { \"a..b\": 1 }\n"))
                .startsWith("policies/p.yaml:3:14: 'a..b' is no path of an attribute");
        assertThat(wrong("title: x\n")).contains("it has no rules");
        assertThat(wrong("")).contains("it has no rules");
        assertThat(wrong("refuse: [")).startsWith("policies/p.yaml:").contains("not valid YAML");
    }

    @Test
    void hostile_files_cost_little_and_are_named() {
        assertThat(wrong("#".repeat(3_000_000))).contains("larger than 1 MiB");
        assertThat(wrong("refuse: " + "[".repeat(1_000))).contains("nested deeper");
        assertThat(wrong("refuse: &r [*r]\n")).isNotEmpty();
        assertThat(wrong("refuse: [{actions: [destroy], where: &w {a: *w}}]\n")).isNotEmpty();
        String bomb = IntStream.range(0, 20)
                .mapToObj(each -> "      k" + (each + 1) + ": &k" + (each + 1) + " [*k" + each + ", *k" + each + "]\n")
                .collect(Collectors.joining());
        assertThat(wrong("refuse:\n  - actions: [destroy]\n    where:\n      k0: &k0 [x, x]\n" + bomb))
                .contains("values");
        assertThat(wrong("refuse: [{actions: [destroy]}]\n---\nwarn: []\n")).contains("a second document");
    }

    @Test
    void a_policy_that_stands_elsewhere_is_not_followed_nor_passed_over() {
        assertThat(problems(MemoryTree.empty().withLink("policies/p.yaml", "../elsewhere.yaml")))
                .contains("policies/p.yaml:1:1: what stands here is in another place");
        assertThat(problems(MemoryTree.empty().withLink("policies", "elsewhere")))
                .contains("policies:1:1: what stands here is in another place");
    }

    @Test
    void two_files_of_one_name_are_a_problem() {
        assertThat(problems(MemoryTree.empty().with("policies/p.yaml", GOOD).with("policies/p.yml", GOOD)))
                .contains("another policy has the same name: policies/p.yaml");
    }

    @Test
    void one_that_cannot_be_read_refuses_every_plan_and_says_where_and_what_to_do() {
        Policies policies = engine.in(MemoryTree.empty()
                .with("policies/broken.yaml", "stacks: [only/here]\nrefuse: all\n")
                .with("policies/good.yaml", GOOD));
        PlanReading.Read nothing = (PlanReading.Read) new PlanReader()
                .fromShowJson("{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\"}"
                        .getBytes(StandardCharsets.UTF_8));

        Verdict verdict = policies.judge("stacks/a", nothing.plan());

        assertThat(verdict.refusal("stacks/a"))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("policy broken refuses stacks/a: it can't be read: policies/broken.yaml:2:9: ")
                        .endsWith("; mend it on the branch that this goes to first"));
    }

    private String wrong(String content) {
        return problems(MemoryTree.empty().with("policies/p.yaml", content));
    }

    private String problems(MemoryTree tree) {
        List<ConfigProblem> problems = engine.in(tree).problems();
        assertThat(problems).isNotEmpty();
        return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
    }
}
