package dev.plumbline.forge.owners;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GiteaOwnersTest {

    private static Demands read(String... lines) {
        return Demands.of(Dialect.GITEA, lines);
    }

    @ParameterizedTest
    @CsvSource({
        ".*\\\\.go, a/b.go, true",
        ".*\\\\.go, a/bxgo, false",
        ".*\\.go, a/bxgo, true", // one backslash is the file's own
        "docs/(aws|azure)/[^/]*\\\\.md, docs/aws/a.md, true",
        "docs/(aws|azure)/[^/]*\\\\.md, docs/aws/b/a.md, false",
        "stacks, stacks/main.tf, false",
        "/stacks/.*, stacks/main.tf, true",
        "stacks/net.*, old/stacks/network, false",
        "stacks?/a, stack/a, true",
        "a|b, aardvark, true", // ^a|b$
        "a|b, x/b, true",
        "a|b, x/c, false",
        "!frontend/.*, backend/a, true",
        "!frontend/.*, frontend/a, false",
        "!/frontend/.*, frontend/a, false",
        "dir/with\\#hash, dir/with#hash, true",
        "path\\ with\\ space, path with space, true",
    })
    void an_expression_fits_whole_paths_as_gitea_reads_it(String pattern, String path, boolean fits) {
        assertThat(read(pattern + " @ada").over(path)).isEqualTo(fits ? "@ada" : "");
    }

    @Test
    void every_line_that_fits_counts() {
        Demands file = read(".* @everyone", "stacks/.* @org/infra ada # comment", "!docs/.* @eve");

        assertThat(file.over("stacks/a")).isEqualTo("@everyone | @ada @org/infra | @eve");
        assertThat(file.over("docs/a")).isEqualTo("@everyone");
    }

    @Test
    void a_line_without_owners_that_gitea_knows_is_left_out_and_named() {
        Demands file = read("stacks/.*", "docs/.* ada@example.com", "x @a/b/c @ada");

        assertThat(file.over("docs/a")).isEmpty();
        assertThat(file.over("x")).isEqualTo("@ada");
        assertThat(file.flaws())
                .containsExactly(
                        "line 1: 'stacks/.*' has no owner; Gitea leaves the line out",
                        "line 2: 'ada@example.com' is no user or org/team of Gitea; it is left out",
                        "line 2: 'docs/.*' has no owner; Gitea leaves the line out",
                        "line 3: '@a/b/c' is no user or org/team of Gitea; it is left out");
    }

    @Test
    void what_needs_more_than_linear_time_is_refused_and_never_passed_over() {
        Demands file = read(".* @everyone", "(?!docs)stacks/.* @ada");

        assertThat(file.unknown("docs/a"))
                .startsWith("CODEOWNERS can't be read, line 2: '(?!docs)stacks/.*' can't be matched in linear time")
                .endsWith("write it without lookaheads and backreferences");
    }
}
