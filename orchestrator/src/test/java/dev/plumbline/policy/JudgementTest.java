package dev.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.stack.MemoryTree;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.RealPlans;
import dev.plumbline.terraform.plan.RealPlans.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies say of plans. */
class JudgementTest {

    @ParameterizedTest
    @CsvSource({
        "create, create",
        "update, update",
        "delete, destroy",
        "'delete\",\"create', replace",
        "'create\",\"delete', replace",
        "forget, forget"
    })
    void each_action_is_refused_by_its_own_word_alone(String planned, String word) {
        Plan plan = plan(resource("aws_db_instance.main", planned, "{}", "{}"));

        for (String action : List.of("create", "update", "replace", "destroy", "forget")) {
            Verdict verdict = judge("refuse: [{actions: [" + action + "]}]", plan);
            assertThat(verdict.refuses()).as(action).isEqualTo(action.equals(word));
        }
        assertThat(said("refuse: [{actions: [" + word + "], because: Ask first.}]", plan))
                .containsExactly("policy p refuses stacks/db: it would " + word + " aws_db_instance.main (Ask first.)");
    }

    @Test
    void what_is_only_read_or_stays_as_it_is_is_never_judged() {
        Plan plan = plan(
                resource("aws_db_instance.main", "no-op", "{}", "{}"),
                resource("data.aws_ami.it", "read", "null", "{}"));

        assertThat(judge("refuse: [{actions: [create, update, replace, destroy, forget]}]", plan)
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "aws_db_instance",
                "aws_db_*",
                "aws_db_instance.*",
                "aws_db_instance.main",
                "aws_db_instance.main[*]",
                "module.*",
                "module.data.aws_db_instance.main",
                "*.main*"
            })
    void a_resource_is_named_by_type_or_address_with_or_without_module_and_index(String pattern) {
        Plan plan =
                plan(resource("module.data[\\\"a/b\\\"].aws_db_instance.main[\\\"x/y]\\\"]", "delete", "{}", "null"));

        assertThat(judge("refuse: [{actions: [destroy], resources: ['" + pattern + "']}]", plan)
                        .refuses())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws_db", "main", "aws_db_instance.mai", "module.other.*", "aws_db_instance.main[0]"})
    void another_resource_is_not_meant(String pattern) {
        Plan plan = plan(resource("aws_db_instance.main", "delete", "{}", "null"));

        assertThat(judge("refuse: [{actions: [destroy], resources: ['" + pattern + "']}]", plan)
                        .refuses())
                .isFalse();
    }

    @Test
    void only_the_stacks_that_it_names_are_judged() {
        String policy = "stacks: ['stacks/prod/**', stacks/db]\nrefuse: [{actions: [destroy]}]";
        Plan plan = plan(resource("a_b.c", "delete", "{}", "null"));
        Policies policies = policies(policy);

        assertThat(policies.judge("stacks/db", plan).refuses()).isTrue();
        assertThat(policies.judge("stacks/prod/eu/app", plan).refuses()).isTrue();
        assertThat(policies.judge("stacks/test", plan)).isEqualTo(Verdict.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ encrypted: false }",
                "{ encrypted: 'false' }",
                "{ size: 20 }",
                "{ size: 20.0 }",
                "{ size: '20' }",
                "{ port: 5432 }",
                "{ name: db, encrypted: false }",
                "{ tags.owner: null }",
                "{ tags.nobody.here: null }",
                "{ 'tags[\"a b\"]': c }",
                "{ 'rule[1].cidr': 0.0.0.0/0 }",
                "{ 'rule[*].cidr': 0.0.0.0/0 }",
                "{ rule.cidr: 0.0.0.0/0 }",
                "{ rule.ports: [1, 2] }",
                "{ tags: { 'a b': c, owner: null } }"
            })
    void where_compares_what_is_planned(String where) {
        assertThat(whereOf(where, "update")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ encrypted: true }",
                "{ encrypted: null }",
                "{ size: 2 }",
                "{ name: d }",
                "{ name: db, encrypted: true }",
                "{ tags.owner: '' }",
                "{ 'rule[0].cidr': 0.0.0.0/0 }",
                "{ 'rule[7].cidr': 0.0.0.0/0 }",
                "{ rule.ports: [1] }",
                "{ rule.ports: [2, 1] }",
                "{ tags: { 'a b': c, owner: ada } }",
                "{ tags: {} }",
                "{ name.deeper: db }",
                "{ old: 1 }"
            })
    void where_asks_for_all_of_it_and_for_just_that(String where) {
        assertThat(whereOf(where, "update")).isFalse();
    }

    private static boolean whereOf(String where, String action) {
        String after = """
                {"encrypted": false, "size": 20, "port": "5432", "name": "db", "tags": {"a b": "c", "owner": null},
                 "rule": [{"cidr": "10.0.0.0/8", "ports": []}, {"cidr": "0.0.0.0/0", "ports": [1, 2]}]}
                """;
        return judge(
                        "refuse: [{actions: [update, destroy], where: " + where + "}]",
                        plan(resource("a_b.c", action, "{\"old\": 1}", after)))
                .refuses();
    }

    @Test
    void where_looks_at_what_is_there_of_a_resource_that_goes() {
        assertThat(whereOf("{ old: 1 }", "delete")).isTrue();
    }

    @Test
    void a_few_are_let_go_and_more_than_that_are_not() {
        String policy = "refuse: [{actions: [destroy], more_than: 2}]";

        assertThat(said(policy, plan(gone(2)))).isEmpty();
        assertThat(said(policy, plan(gone(5))))
                .containsExactly("policy p refuses stacks/db: it would destroy a_b.r0, destroy a_b.r1, destroy a_b.r2"
                        + " and 2 more: 5 resources, and no more than 2 are allowed at once");
    }

    @Test
    void what_is_known_only_after_the_apply_is_warned_of_and_refuses_nothing() {
        Plan plan = plan(unknown("a_b.c", "{\"name\": \"db\"}", "{\"key\": true}"));

        assertThat(said("refuse: [{actions: [create], where: {key: x}}]", plan))
                .containsExactly(
                        "policy p warns of stacks/db: it would create a_b.c, and whether that is allowed depends on"
                                + " values that are known only after the apply");
        assertThat(said("refuse: [{actions: [create], where: {key: x, name: other}}]", plan))
                .as("the name is another one whatever the key will be")
                .isEmpty();
        assertThat(said("refuse: [{actions: [create], where: {key: x}, more_than: 1}]", plan))
                .as("one is allowed in any case")
                .isEmpty();
    }

    @Test
    void refusals_come_first_and_a_warning_alone_refuses_nothing() {
        Plan plan = plan(gone(1));
        Verdict both = judge("warn: [{actions: [destroy]}]\nrefuse: [{actions: [destroy]}]", plan);

        assertThat(both.findings()).extracting(Finding::severity).containsExactly(Severity.REFUSES, Severity.WARNS);
        assertThat(judge("warn: [{actions: [destroy]}]", plan).refuses()).isFalse();
        assertThat(judge("warn: [{actions: [destroy]}]", plan).refusal("stacks/db"))
                .isEmpty();
    }

    @Test
    void what_is_told_is_one_line_without_control_characters() {
        Plan plan = plan(resource("a_b.c[\\\"\\u001b]0;x\\u0007\\n\\\"]", "delete", "{}", "null"));

        assertThat(said("refuse:\n  - actions: [destroy]\n    because: \"\\e[31mAsk\\nfirst\\n\"\n", plan))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("policy p refuses stacks/db: it would destroy a_b.c[")
                        .endsWith(" (Ask first)")
                        .doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void a_real_plan_is_judged_by_its_secrets_and_none_of_them_is_told(@TempDir Path folder) {
        RealPlans.assumeTerraform();
        RealPlans.Made made = RealPlans.make(folder, Shape.of("secret", "", """
                        variable "password" {
                          sensitive = true
                          default   = "hunter2-secret"
                        }
                        resource "terraform_data" "a" { input = { password = var.password, open = "x" } }
                        resource "terraform_data" "b" { input = { made = terraform_data.a.id } }
                        """));
        PlanReading.Read read = (PlanReading.Read) new PlanReader().fromShowJson(made.showJson());
        String policy = """
                refuse:
                  - actions: [create]
                    where: { input.password: hunter2-secret }
                  - actions: [create]
                    where: { input.made: x }
                """;

        List<String> said = said(policy, read.plan());

        assertThat(said).hasSize(2).noneMatch(line -> line.contains("hunter2"));
        assertThat(said.get(0)).isEqualTo("policy p refuses stacks/db: it would create terraform_data.a");
        assertThat(said.get(1))
                .startsWith("policy p warns of stacks/db: it would create terraform_data.b, and whether");
    }

    private static Verdict judge(String policy, Plan plan) {
        return policies(policy).judge("stacks/db", plan);
    }

    private static List<String> said(String policy, Plan plan) {
        return judge(policy, plan).findings().stream()
                .map(finding -> finding.of("stacks/db"))
                .toList();
    }

    private static Policies policies(String policy) {
        Policies policies = new PolicyEngine().in(MemoryTree.empty().with("policies/p.yaml", policy + "\n"));
        assertThat(policies.problems()).isEmpty();
        return policies;
    }

    private static String[] gone(int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> resource("a_b.r" + each, "delete", "{}", "null"))
                .toArray(String[]::new);
    }

    private static String resource(String address, String actions, String before, String after) {
        return resource(address, actions, before, after, "{}");
    }

    private static String unknown(String address, String after, String unknown) {
        return resource(address, "create", "null", after, unknown);
    }

    private static String resource(String address, String actions, String before, String after, String unknown) {
        return """
                {"address": "%s", "mode": "managed", "type": "any", "name": "any", "provider_name": "p",
                 "change": {"actions": ["%s"], "before": %s, "after": %s, "after_unknown": %s}}
                """.formatted(address, actions, before, after, unknown);
    }

    private static Plan plan(String... resources) {
        String json = "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"resource_changes\":["
                + Stream.of(resources).collect(Collectors.joining(",")) + "]}";
        return ((PlanReading.Read) new PlanReader().fromShowJson(json.getBytes(StandardCharsets.UTF_8))).plan();
    }
}
