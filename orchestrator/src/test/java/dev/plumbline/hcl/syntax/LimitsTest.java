package dev.plumbline.hcl.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.hcl.syntax.Expression.ListOf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final int LARGE = HclFile.MAX_BYTES - 100;

    @Test
    void a_file_of_sixteen_megabytes_is_read_to_its_end() {
        String block = "resource \"terraform_data\" \"x\" {\n  input = [1, \"${var.a}\", { b = \"c\" }]\n}\n";
        int blocks = LARGE / block.length();

        HclFile file = read("a.tf", block.repeat(blocks) + "variable \"last\" {}\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.body().blocks()).hasSize(blocks + 1);
    }

    @Test
    void a_larger_file_is_refused_by_a_problem_that_says_so() {
        HclFile file = HclFile.read("bomb.tf", new byte[100 * 1024 * 1024]);

        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_LARGE);
            assertThat(problem.toString()).contains("bomb.tf:1:1", "more than 16777216 bytes");
        });
        assertThat(file.body().attributes()).isEmpty();
    }

    @Test
    void two_hundred_levels_are_read_in_every_kind_of_nesting() {
        int levels = 200;
        String blocks = "b {\n".repeat(levels) + "deep = 1\n" + "}\n".repeat(levels);
        String lists = "a = " + "[".repeat(levels) + "1" + "]".repeat(levels) + "\n";
        String objects = "o = " + "{ a = ".repeat(levels) + "1" + " }".repeat(levels) + "\n";
        String templates = "t = " + "\"${".repeat(levels) + "1" + "}\"".repeat(levels) + "\n";
        String calls = "c = " + "f(".repeat(levels) + "1" + ")".repeat(levels) + "\n";

        HclFile file = read("a.tf", blocks + lists + objects + templates + calls);

        assertThat(file.problems()).isEmpty();
        assertThat(file.body().attributes()).extracting(Attribute::name).containsExactly("a", "o", "t", "c");
        assertThat(depth(file.body().value("a").orElseThrow())).isEqualTo(levels);
        Body body = file.body();
        for (int i = 0; i < levels; i++) {
            body = body.blocks("b").findFirst().orElseThrow().body();
        }
        assertThat(body.value("deep")).isPresent();
    }

    @Test
    void two_hundred_levels_are_read_in_json() {
        String json = "{\"locals\": {\"a\": " + "[".repeat(200) + "1" + "]".repeat(200) + "}}";

        HclFile file = read("a.tf.json", json);

        assertThat(file.problems()).isEmpty();
        Body locals = file.body().blocks("locals").findFirst().orElseThrow().body();
        assertThat(depth(locals.value("a").orElseThrow())).isEqualTo(200);
    }

    @Test
    void a_string_of_a_megabyte_on_one_line_is_read_whole() {
        String text = "x".repeat(1024 * 1024);

        assertThat(read("a.tf", "a = \"" + text + "\"\n").body().text("a")).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{",
                "a {\n",
                "[",
                "(",
                "{a=",
                "\"${",
                "}",
                "]",
                "a=[\n",
                "a=(\n",
                "a=\"${\n",
                "<<A\n",
                "a=<<A\n",
                "\"\n",
                "file(",
                "\"${file(",
                "a=1\n",
                "/*",
                "x ",
                "é",
                "\\",
                "a.b[",
                "$${",
                "a=[file(\"x\"),",
                "a=\"",
                "\r",
                "- "
            })
    void megabytes_of_one_malformed_piece_end_within_a_small_stack(String piece) throws Exception {
        String text = piece.repeat(LARGE / 8 / piece.getBytes(StandardCharsets.UTF_8).length);
        AtomicReference<HclFile> read = new AtomicReference<>();
        Thread small = new Thread(
                null,
                () -> {
                    for (String name : List.of("a.tf", "a.tf.json")) {
                        HclFile file = read(name, "first = 1\nb = " + text);
                        FunctionCalls.in(file.body(), java.util.Set.of("file"));
                        read.set(file);
                    }
                },
                "small stack",
                512 * 1024);
        small.start();
        small.join();

        assertThat(read.get()).isNotNull();
    }

    @Test
    void what_lies_too_deep_is_told_and_the_rest_is_read() {
        int levels = HclFile.MAX_DEPTH + 10;

        HclFile file = read("a.tf", " b {\n".repeat(levels) + " }\n".repeat(levels) + "variable \"v\" {}\n");

        assertThat(file.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.TOO_DEEP);
        assertThat(file.body().blocks()).extracting(Block::type).containsExactly("b", "variable");
    }

    @Test
    void many_problems_are_cut_off() {
        String lines = IntStream.range(0, 1_000).mapToObj(i -> "= " + i).collect(Collectors.joining("\n"));

        assertThat(read("a.tf", lines).problems()).hasSize(101);
    }

    private static int depth(Expression value) {
        int depth = 0;
        Expression at = value;
        while (at instanceof ListOf list) {
            at = list.items().get(0);
            depth++;
        }
        return depth;
    }

    private static HclFile read(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HclFile.read(name, bytes.length > HclFile.MAX_BYTES ? Arrays.copyOf(bytes, HclFile.MAX_BYTES) : bytes);
    }
}
