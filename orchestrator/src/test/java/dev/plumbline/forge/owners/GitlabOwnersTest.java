package dev.plumbline.forge.owners;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitlabOwnersTest {

    private static Demands read(String... lines) {
        return Demands.of(Dialect.GITLAB, lines);
    }

    @ParameterizedTest
    @CsvSource({
        "*, .hidden/a/b, true",
        "README.md, README.md, true",
        "README.md, docs/README.md, true",
        "internal/README.md, docs/internal/README.md, true",
        "/README.md, docs/README.md, false",
        "/docs/, docs/a/b.md, true",
        "docs/, deep/docs/b.md, true",
        "/docs, docs/a.md, false",
        "/docs/*, docs/a.md, true",
        "/docs/*, docs/a/b.md, false",
        "/docs/**, docs/a/b.md, false",
        "/docs/**/*.md, docs/a.md, true",
        "/docs/**/*.md, docs/a/b/c.md, true",
        "/docs/*/README.md, docs/api/README.md, true",
        "/docs/*/README.md, docs/README.md, false",
        "/docs/*spec*, docs/my_specs.rb, true",
        "*.[ch], src/a.c, true",
        "*.[!ch], src/a.c, false",
        "*.[a-d]x, src/a.cx, true",
        "*.[a-d]x, src/a.ex, false",
        "x[y, x[y, false",
        "\\#odd.rb, #odd.rb, true",
    })
    void a_pattern_fits_as_in_ruby_s_fnmatch(String pattern, String path, boolean fits) {
        assertThat(read(pattern + " @ada").over(path)).isEqualTo(fits ? "@ada" : "");
    }

    @Test
    void every_section_asks_for_its_own_owners_by_the_last_line_that_fits_in_it() {
        Demands file = read(
                "* @admin",
                "[README Owners]",
                "README.md @user1 @user2",
                "internal/README.md @user4",
                "[README other owners]",
                "README.md @user3");

        assertThat(file.over("README.md")).isEqualTo("@admin | @user1 @user2 | @user3");
        assertThat(file.over("internal/README.md")).isEqualTo("@admin | @user4 | @user3");
    }

    @Test
    void sections_of_one_name_are_one_whatever_its_case() {
        Demands file = read("[Docs]", "*.md @ada", "[Code]", "*.tf @bob", "[DOCS]", "README.md @eve");

        assertThat(file.over("README.md")).isEqualTo("@eve");
        assertThat(file.over("a.md")).isEqualTo("@ada");
    }

    @Test
    void a_section_has_owners_for_its_lines_that_name_none() {
        Demands file = read("[Database] @db @ada", "model/db/", "config/db/setup.md @docs");

        assertThat(file.over("model/db/a")).isEqualTo("@ada @db");
        assertThat(file.over("config/db/setup.md")).isEqualTo("@docs");
    }

    @Test
    void a_section_asks_for_as_many_approvals_as_its_heading_says() {
        Demands file = read("[Two][2] @ada", "*.tf", "[None][0] @ada", "*.md", "^[Welcome][3] @ada", "*.go");

        assertThat(file.required("a.tf").get(0).approvals()).isEqualTo(2);
        assertThat(file.required("a.md").get(0).approvals()).isEqualTo(1);
        assertThat(file.required("a.go").get(0).approvals()).isZero();
        assertThat(file.flaws()).containsExactly("line 3: '0' is no number of approvals from 1; GitLab takes it as 1");
    }

    @Test
    void a_section_that_is_optional_in_one_place_only_is_required() {
        Demands file = read("^[Go]", "*.go @ada", "[go][2]", "*.mod @ada");

        assertThat(file.required("a.go").get(0).approvals()).isEqualTo(2);
    }

    @Test
    void an_exclusion_takes_paths_out_of_its_section_for_good() {
        Demands file = read(
                "* @all",
                "!pom.xml",
                "[Ruby]",
                "*.rb @ruby",
                "!/config/**/*.rb",
                "/config/routes.rb @ops",
                "[Config]",
                "/config/ @config");

        assertThat(file.over("pom.xml")).isEmpty();
        assertThat(file.over("lib/a.rb")).isEqualTo("@all | @ruby");
        assertThat(file.over("config/routes.rb")).isEqualTo("@all | @config");
    }

    @Test
    void owners_are_people_groups_subgroups_roles_and_addresses_and_what_is_none_is_ignored() {
        Requirement only = read("/path/* @ada no_at @group/sub/deep @@Maintainer @@nobody a.b@example.com # @eve")
                .required("path/x")
                .get(0);

        assertThat(only.owners())
                .containsExactlyInAnyOrder(
                        new Owner.PersonOrTeam("ada"),
                        new Owner.Team("group/sub/deep"),
                        new Owner.Team("@maintainers"),
                        new Owner.Email("a.b@example.com"),
                        new Owner.PersonOrTeam("eve"));
    }

    @Test
    void a_line_without_owners_asks_for_nobody_and_is_named() {
        Demands file = read("* @ada", "*.lock nobody");

        assertThat(file.over("a.lock")).isEmpty();
        assertThat(file.flaws()).containsExactly("line 2: '*.lock' has no owner; GitLab counts it as approved");
    }

    @Test
    void a_heading_that_is_not_closed_is_a_path() {
        assertThat(read("* @all", "[Section name", "docs/ @docs").over("docs/a"))
                .isEqualTo("@docs");
    }

    @Test
    void a_backslash_keeps_a_space_in_a_path() {
        assertThat(read("path\\ with\\ spaces/*.md @ada").over("path with spaces/a.md"))
                .isEqualTo("@ada");
    }
}
