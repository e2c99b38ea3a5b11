package dev.plumbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stacks/**    | stacks/a/b  | true",
                "stacks/**    | stacks      | false",
                "stacks/*     | stacks/a    | true",
                "stacks/*     | stacks/a/b  | false",
                "**/net       | net         | true",
                "**/net       | a/b/net     | true",
                "**/net       | a/subnet    | false",
                "a/**/z       | a/z         | true",
                "a/**/z       | a/b/c/z     | true",
                "{a,b}/?      | b/x         | true",
                "{a,b}/?      | c/x         | false",
                "s-[0-9]      | s-7         | true",
                "s-[!0-9]     | s-7         | false",
                "a.b          | axb         | false",
                "**           | any/thing   | true",
            })
    void a_glob_fits_whole_paths(String glob, String path, boolean fits) {
        assertThat(Glob.parse(glob).matches(path)).isEqualTo(fits);
    }

    @Test
    void its_fixed_folder_is_what_stands_before_the_first_choice() {
        assertThat(Glob.parse("a/b/*.json").fixedFolder()).isEqualTo("a/b");
        assertThat(Glob.parse("a/b*/c").fixedFolder()).isEqualTo("a");
        assertThat(Glob.parse("**/c").fixedFolder()).isEmpty();
        assertThat(Glob.parse("a/b").fixedFolder()).isEqualTo("a");
    }

    @Test
    void what_is_left_open_is_refused() {
        for (String open : new String[] {"", "{a", "a}", "[a"}) {
            assertThatThrownBy(() -> Glob.parse(open)).as(open).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
