package dev.plumbline.review.right;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.owners.Dialect;
import org.junit.jupiter.api.Test;

/** What a pull request still needs before it may be applied. */
class ApprovalsTest {
    private final Town town = new Town()
            .hand("ada")
            .with("ada", Permission.ADMIN)
            .with("wim", Permission.WRITE)
            .with("amy", Permission.WRITE)
            .with("zoe", Permission.WRITE)
            .with("rae", Permission.READ);
    private final Bench bench = new Bench(town);

    @Test
    void nothing_is_needed_where_nothing_is_asked_for() {
        assertThat(bench.needed().complete()).isTrue();
        assertThat(bench.needed().sentence()).isEmpty();
    }

    @Test
    void as_many_people_as_asked_for_must_approve_each_counted_once() {
        bench.rules("approvals: 2");

        assertThat(bench.needed("wim", "WIM").sentence())
                .contains("1 of 2 approvals by others than who made it is there");
        assertThat(bench.needed("wim", "amy").complete()).isTrue();
    }

    @Test
    void a_floor_asks_for_more_approvals_than_the_rules() {
        bench.rules("approvals: 1").floors("floors: [{ approvals: 2 }]");

        assertThat(bench.needed("wim").sentence()).get().asString().startsWith("1 of 2 approvals");
    }

    @Test
    void an_approval_of_whoever_may_not_approve_is_not_counted_and_told() {
        Approvals approvals = bench.rules("approvals: 1").needed("ada", "rae");

        assertThat(approvals.counted()).isEmpty();
        assertThat(approvals.sentence()).get().asString().startsWith("0 of 1 approvals");
        assertThat(approvals.uncounted())
                .hasSize(2)
                .anyMatch(sentence -> sentence.startsWith("ada may not approve: ada has a hand in it"))
                .anyMatch(sentence -> sentence.contains("rae has read permission"));
    }

    @Test
    void each_owned_file_needs_an_approval_of_one_of_its_owners() {
        town.member("team/net", "wim");
        bench.rules("may: { approve: [codeowners] }")
                .owners(Dialect.GITHUB, "/stacks/network/ @team/net @zoe", "/docs/ @amy")
                .changes("stacks/network/main.tf", "stacks/network/out.tf", "docs/a.md", "README");

        assertThat(bench.needed().missing())
                .containsExactly(
                        "stacks/network/main.tf and 1 more file need an approval of @team/net or @zoe",
                        "docs/a.md needs an approval of @amy");
        assertThat(bench.needed("wim").sentence()).contains("docs/a.md needs an approval of @amy");
        assertThat(bench.needed("wim", "amy").complete()).isTrue();
    }

    @Test
    void gitlab_s_sections_ask_each_for_their_own_number() {
        bench.rules("may: { approve: [codeowners] }")
                .owners(
                        Dialect.GITLAB,
                        "* @amy",
                        "[Network][2] @wim @zoe @amy",
                        "stacks/network/",
                        "^[Hint]",
                        "*.tf @rae")
                .changes("stacks/network/main.tf");

        assertThat(bench.needed("wim").missing())
                .containsExactly(
                        "stacks/network/main.tf needs an approval of @amy",
                        "stacks/network/main.tf needs 2 approvals of @amy or @wim or @zoe (Network), of which 1 is there");
        assertThat(bench.needed("wim", "amy").complete()).isTrue();
    }

    @Test
    void whoever_a_further_entry_lets_approves_in_place_of_every_owner() {
        bench.rules("may: { approve: [\"@zoe\", codeowners] }")
                .owners(Dialect.GITHUB, "/stacks/ @wim", "/docs/ @amy")
                .changes("stacks/a.tf", "docs/a.md");

        assertThat(bench.needed("zoe").complete()).isTrue();
        assertThat(bench.needed("wim").complete()).isFalse();
    }

    @Test
    void a_floor_can_ask_for_the_owners() {
        bench.floors("floors: [{ may: { approve: [codeowners] } }]").owners(Dialect.GITHUB, "* @wim");

        assertThat(bench.needed("amy").sentence()).contains("stacks/network/main.tf needs an approval of @wim");
        assertThat(bench.needed("wim").complete()).isTrue();
    }

    @Test
    void an_address_stands_for_nobody_whom_the_forge_names() {
        bench.rules("may: { approve: [codeowners] }").owners(Dialect.GITHUB, "* wim@example.com");

        assertThat(bench.needed("wim").sentence())
                .contains("stacks/network/main.tf needs an approval of wim@example.com");
        assertThat(bench.needed("wim").uncounted())
                .singleElement()
                .asString()
                .contains("who wim@example.com is can't be read from the forge; name a login in CODEOWNERS");
    }

    @Test
    void where_the_owners_can_t_be_told_the_approval_is_missing() {
        bench.rules("may: { approve: [write, codeowners] }").owners(Dialect.GITEA, "(?!x)y @amy");

        assertThat(bench.needed("wim").sentence())
                .get()
                .asString()
                .startsWith("whose approval it needs can't be told: CODEOWNERS can't be read, line 1");
    }
}
