package dev.plumbline.forge.owners;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GithubOwnersTest {

    private static Demands read(String... lines) {
        return Demands.of(Dialect.GITHUB, lines);
    }

    @ParameterizedTest
    @CsvSource({
        "*, a/b/c.tf, true",
        "/*, main.tf, true",
        "/*, a/main.tf, false",
        "*.tf, main.tf, true",
        "*.tf, stacks/network/main.tf, true",
        "*.tf, stacks/network/main.tfvars, false",
        "docs/*, docs/a.md, true",
        "docs/*, docs/deep/a.md, false",
        "docs/*, other/docs/a.md, false",
        "apps/, apps/a/b, true",
        "apps/, deep/apps/b, true",
        "apps/, apps, false",
        "/apps/, deep/apps/b, false",
        "/apps, apps/a/b, true",
        "/apps, apps, true",
        "/apps, application/a, false",
        "stacks/network, stacks/network/main.tf, true",
        "stacks/network, old/stacks/network/main.tf, false",
        "stacks/**/main.tf, stacks/main.tf, true",
        "stacks/**/main.tf, stacks/a/b/main.tf, true",
        "stacks/**/main.tf, stacks/a/b/other.tf, false",
        "**/logs, deep/down/logs/a, true",
        "stacks/**, stacks/a/b, true",
        "stacks/**, stacks, false",
        "stacks/*/main.tf, stacks/a/main.tf, true",
        "stacks/*/main.tf, stacks/a/b/main.tf, false",
        "/net?ork, network, true",
        "a*c*e, abcde, true",
        "a*c*e, abcd, false",
        "/Stacks/, stacks/a, false",
    })
    void a_pattern_fits_as_in_gitignore_with_github_s_exceptions(String pattern, String path, boolean fits) {
        assertThat(read(pattern + " @ada").over(path)).isEqualTo(fits ? "@ada" : "");
    }

    @Test
    void the_last_line_that_fits_decides() {
        Demands file = read("* @everyone", "*.tf @infra @org/platform", "/stacks/billing/ money@example.com");

        assertThat(file.over("README.md")).isEqualTo("@everyone");
        assertThat(file.over("stacks/network/main.tf")).isEqualTo("@infra @org/platform");
        assertThat(file.over("stacks/billing/main.tf")).isEqualTo("money@example.com");
    }

    @Test
    void a_line_without_owners_takes_them_away() {
        Demands file = read("/apps/ @ada", "/apps/free");

        assertThat(file.over("apps/a")).isEqualTo("@ada");
        assertThat(file.over("apps/free/a")).isEmpty();
    }

    @Test
    void comments_stand_on_lines_of_their_own_and_behind_owners() {
        assertThat(read("# * @nobody", "", "  * @ada # and @bob some day").over("x"))
                .isEqualTo("@ada");
    }

    @Test
    void a_backslash_keeps_a_space_in_a_path() {
        assertThat(read("/my\\ stack/ @ada").over("my stack/main.tf")).isEqualTo("@ada");
    }

    @Test
    void a_line_that_github_finds_invalid_is_left_out_and_named() {
        Demands file = read("* @ada", "!*.md @bob", "*.[ch] @bob", "\\#x @bob", "*.go bob", "/ @bob", "a/***/b @bob");

        assertThat(file.over("a.md")).isEqualTo("@ada");
        assertThat(file.over("a.c")).isEqualTo("@ada");
        assertThat(file.over("a.go")).isEqualTo("@ada");
        assertThat(file.flaws())
                .hasSize(6)
                .allMatch(flaw -> flaw.endsWith("GitHub leaves the line out"))
                .anyMatch(flaw -> flaw.startsWith("line 5: 'bob' is no @user"));
    }

    @Test
    void a_requirement_names_its_line_and_the_paths_it_decides_over() {
        Requirement only =
                read("", "*.tf @ada").required("b.tf", "a.tf", "a.md").get(0);

        assertThat(only.line()).isEqualTo(2);
        assertThat(only.approvals()).isEqualTo(1);
        assertThat(only.paths()).containsExactly("a.tf", "b.tf");
    }

    @Test
    void a_file_of_three_megabytes_is_not_loaded() {
        Demands file = read("* @ada\n" + "#".repeat(3_000_000));

        assertThat(file.over("x")).isEmpty();
        assertThat(file.flaws()).singleElement().asString().contains("GitHub doesn't load it");
    }
}
