package dev.plumbline.review.right;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.Rights.Act;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.owners.Dialect;
import org.junit.jupiter.api.Test;

/** Who may do what: the branch's rules, the server's floors, and what the forge says of somebody. */
class JudgeTest {
    private final Town town = new Town()
            .with("rae", Permission.READ)
            .with("wim", Permission.WRITE)
            .with("amy", Permission.ADMIN)
            .hand("ada")
            .with("ada", Permission.ADMIN);
    private final Bench bench = new Bench(town);

    @Test
    void by_default_readers_plan_writers_apply_and_approve_and_admins_unlock() {
        bench.allows("rae", Act.PLAN);
        bench.allows("wim", Act.APPLY);
        bench.allows("wim", Act.APPROVE);
        bench.allows("amy", Act.UNLOCK);

        bench.refusing("nobody", Act.PLAN);
        bench.refusing("rae", Act.APPLY);
        bench.refusing("rae", Act.APPROVE);
        bench.refusing("wim", Act.UNLOCK);
    }

    @Test
    void a_refusal_names_the_rule_where_it_is_written_what_is_lacking_and_what_would_allow_it() {
        bench.rules("may: { apply: [admin, \"@platform/ops\", \"@eve\"] }");

        assertThat(bench.refusing("wim", Act.APPLY))
                .isEqualTo(
                        "wim may not apply: may.apply in plumbline.yaml on main lets only who has admin permission or"
                                + " members of @platform/ops or @eve, but wim has write permission, and wim is not in"
                                + " @platform/ops, and wim is not @eve; ask one of them, or change the rule on main");
    }

    @Test
    void a_rule_that_nobody_wrote_is_not_said_to_be_written_somewhere() {
        assertThat(bench.refusing("wim", Act.UNLOCK))
                .isEqualTo(
                        "wim may not unlock: the usual may.unlock lets only who has admin permission, but wim has write"
                                + " permission; ask one of them, or set may.unlock in plumbline.yaml on main");
    }

    @Test
    void one_entry_of_a_list_suffices_and_is_told() {
        town.member("platform/ops", "rae");
        bench.rules("may: { apply: [admin, \"@platform/ops\"] }");

        assertThat(bench.allowing("rae", Act.APPLY))
                .isEqualTo("rae is in @platform/ops (may.apply in plumbline.yaml on main)");
    }

    @Test
    void a_login_counts_whatever_its_case_and_is_not_looked_up() {
        bench.rules("may: { apply: [\"@Rae\"] }").allows("rae", Act.APPLY);

        assertThat(town.asked()).isEmpty();
    }

    @Test
    void nobody_with_a_hand_in_a_pull_request_approves_it_at_any_level() {
        assertThat(bench.rules("may: { approve: [\"@ada\", admin] }").refusing("Ada", Act.APPROVE))
                .startsWith("Ada may not approve: Ada has a hand in it")
                .endsWith("somebody else must");
        bench.allows("ada", Act.APPLY);
    }

    @Test
    void floors_must_let_somebody_too_and_the_rules_can_t_loosen_them() {
        bench.rules("may: { apply: [read] }")
                .floors("floors: [{ repository: \"team/*\", may: { apply: [write] } }, { may: { unlock: [admin] } }]");

        bench.allows("wim", Act.APPLY);
        assertThat(bench.refusing("rae", Act.APPLY))
                .isEqualTo(
                        "rae may not apply: floors[0].may.apply in server.yaml lets only who has write permission, but"
                                + " rae has read permission; ask one of them, or who runs this server");
    }

    @Test
    void the_rules_may_tighten_a_floor() {
        bench.rules("may: { apply: [admin] }").floors("floors: [{ may: { apply: [write] } }]");

        assertThat(bench.refusing("wim", Act.APPLY)).contains("plumbline.yaml on main lets only who has admin");
    }

    @Test
    void a_floor_over_other_repositories_asks_for_nothing() {
        bench.floors("floors: [{ repository: \"other/*\", may: { apply: [admin] } }]")
                .allows("wim", Act.APPLY);
    }

    @Test
    void what_can_t_be_read_is_refused_and_says_so() {
        town.hiding("permission");

        assertThat(bench.refusing("wim", Act.APPLY))
                .endsWith("but the permission of wim can't be read: the token may not do this");
    }

    @Test
    void what_can_t_be_read_does_no_harm_where_another_entry_lets_somebody() {
        town.hiding("permission").member("platform/ops", "wim");

        bench.rules("may: { apply: [write, \"@platform/ops\"] }").allows("wim", Act.APPLY);
    }

    @Test
    void nobody_approves_where_it_can_t_be_read_who_has_a_hand_in_it() {
        town.hiding("hands");

        assertThat(bench.refusing("wim", Act.APPROVE))
                .isEqualTo("wim may not approve: who has a hand in it can't be read: the token may not do this");
    }

    @Test
    void a_team_that_can_t_be_read_lets_nobody() {
        town.hiding("platform/ops");

        assertThat(bench.rules("may: { approve: [\"@platform/ops\"] }").refusing("wim", Act.APPROVE))
                .contains("whether wim is in @platform/ops can't be read: the token may not do this");
    }

    @Test
    void an_owner_of_one_changed_file_may_approve() {
        bench.rules("may: { approve: [codeowners] }")
                .owners(Dialect.GITEA, "stacks/.* @wim", "docs/.* @amy")
                .changes("stacks/a.tf", "docs/a.md");

        assertThat(bench.allowing("wim", Act.APPROVE)).startsWith("wim owns stacks/a.tf");
        assertThat(bench.refusing("eve", Act.APPROVE))
                .contains("lets only code owners of what it changes, but eve is none of its owners");
    }

    @Test
    void an_owner_without_write_permission_counts_for_nothing() {
        bench.rules("may: { approve: [codeowners] }").owners(Dialect.GITEA, ".* @rae");

        assertThat(bench.refusing("rae", Act.APPROVE))
                .contains("rae has read permission, and an owner must have write permission");
    }

    @Test
    void an_owner_applies_only_what_they_own_altogether() {
        bench.rules("may: { apply: [codeowners] }").owners(Dialect.GITHUB, "/stacks/ @wim", "/docs/ @amy");

        bench.changes("stacks/a.tf", "stacks/b.tf").allows("wim", Act.APPLY);
        assertThat(bench.changes("stacks/a.tf", "docs/a.md").refusing("wim", Act.APPLY))
                .contains("but wim doesn't own docs/a.md");
        assertThat(bench.changes("stacks/a.tf", "README").refusing("wim", Act.APPLY))
                .contains("but wim doesn't own README");
        bench.changes().refusing("wim", Act.APPLY);
    }

    @Test
    void codeowners_let_nobody_where_the_file_can_t_be_read() {
        bench.rules("may: { approve: [codeowners] }").owners(Dialect.GITEA, ".* @wim", "(?!x)y @amy");

        assertThat(bench.refusing("wim", Act.APPROVE)).contains("CODEOWNERS can't be read, line 2");
    }

    @Test
    void on_gitlab_a_name_may_be_a_group() {
        town.member("ops", "wim");
        bench.owners(Dialect.GITLAB, "* @ops");

        bench.rules("may: { apply: [\"@ops\"] }").allows("wim", Act.APPLY);
        bench.rules("may: { approve: [codeowners] }").allows("wim", Act.APPROVE);
    }

    @Test
    void while_the_forge_doesn_t_answer_nothing_is_decided() {
        town.away();

        assertThat(bench.verdict("wim", Act.APPLY)).isInstanceOf(Verdict.Later.class);
        assertThat(bench.verdict("wim", Act.APPROVE)).isInstanceOf(Verdict.Later.class);
        assertThat(bench.rules("may: { apply: [\"@wim\"] }").verdict("wim", Act.APPLY))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(bench.needed("wim").later()).isPresent();
        assertThat(bench.needed("wim").counted()).isEmpty();
    }
}
