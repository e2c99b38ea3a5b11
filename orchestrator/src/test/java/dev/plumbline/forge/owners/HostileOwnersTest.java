package dev.plumbline.forge.owners;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever can write CODEOWNERS can't keep the server busy or fill its memory. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileOwnersTest {
    private static final String LONG_NAME = "a".repeat(4000) + "b";

    @ParameterizedTest
    @EnumSource
    void a_large_file_and_many_changed_files_come_to_an_end(Dialect dialect) {
        StringBuilder file = new StringBuilder();
        while (file.length() < 2_900_000) {
            file.append("stacks/").append(file.length()).append("/ @ada\n");
        }
        List<String> paths = new ArrayList<>();
        IntStream.range(0, 3000).forEach(i -> paths.add("modules/" + i + "/main.tf"));

        assertThat(CodeOwners.read(dialect, file.toString()).required(paths)).isNotNull();
        assertThat(CodeOwners.read(Dialect.GITHUB, file.toString()).required(List.of("stacks/0/main.tf")))
                .isInstanceOf(Demand.Known.class);
    }

    @ParameterizedTest
    @EnumSource
    void patterns_of_many_stars_come_to_an_end(Dialect dialect) {
        String stars = "a*".repeat(900) + "c @ada\n" + "**/a*".repeat(300) + "/c @ada\n";
        Demand demand = CodeOwners.read(dialect, stars.repeat(500)).required(List.of(LONG_NAME));

        assertThat(demand).isNotNull();
    }

    @Test
    void expressions_that_make_others_step_back_are_matched_at_once() {
        Demands file = Demands.of(Dialect.GITEA, "(a|a?)*(a*)*(a?){90}c @ada", "(a+)+b @bob");

        assertThat(file.over(LONG_NAME)).isEqualTo("@bob");
    }

    @Test
    void counted_repetitions_don_t_multiply_in_memory() {
        assertThat(Demands.of(Dialect.GITEA, "((x{1000}){1000}){1000} @ada").unknown("x"))
                .contains("too large");
        assertThat(Demands.of(Dialect.GITEA, "x{90000000000000000000} @ada").unknown("x"))
                .contains("too large");
        assertThat(Demands.of(Dialect.GITEA, ("(x{90}){90} @ada\n").repeat(5000))
                        .unknown("x"))
                .contains("too large together");
    }

    @Test
    void deep_parentheses_are_refused() {
        assertThat(Demands.of(Dialect.GITEA, "(".repeat(2000) + ")".repeat(2000) + " @ada")
                        .unknown("x"))
                .contains("too large");
    }

    @ParameterizedTest
    @EnumSource
    void a_line_longer_than_any_path_hides_who_owns_what(Dialect dialect) {
        assertThat(Demands.of(dialect, "* @all", "x".repeat(5000) + " @ada").unknown("x"))
                .contains("line 2: longer than 4096 characters");
    }

    @ParameterizedTest
    @EnumSource
    void any_bytes_can_be_read(Dialect dialect) {
        StringBuilder noise = new StringBuilder("\uFEFF");
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            noise.append((char) "\\[]^!*?#@/ \t\r\n(){}|ab.\u0000\uD83D".charAt(random.nextInt(24)));
        }

        assertThat(CodeOwners.read(dialect, noise.toString()).required(List.of("a/b", "", "/", "a//b")))
                .isNotNull();
    }
}
