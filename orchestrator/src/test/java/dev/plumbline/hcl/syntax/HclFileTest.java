package dev.plumbline.hcl.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.hcl.syntax.Expression.Bool;
import dev.plumbline.hcl.syntax.Expression.ListOf;
import dev.plumbline.hcl.syntax.Expression.Null;
import dev.plumbline.hcl.syntax.Expression.Num;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import dev.plumbline.hcl.syntax.Expression.Raw;
import dev.plumbline.hcl.syntax.Expression.Traversal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HclFileTest {

    @Test
    void literals_and_references_are_understood_and_all_else_stays_raw() {
        assertThat(value("\"a\\tb\\\"c\\\\ \\u00e9 $${x}\"").asText()).contains("a\tb\"c\\ é ${x}");
        assertThat(((Num) value("-1.5e+3")).digits()).isEqualTo("-1.5e+3");
        assertThat(((Bool) value("true")).value()).isTrue();
        assertThat(value("null")).isInstanceOf(Null.class);
        assertThat(((ListOf) value("[1, [\"a\"], x.y,\n]")).items())
                .hasExactlyElementsOfTypes(Num.class, ListOf.class, Traversal.class);
        assertThat(((ObjectOf) value("{ a = 1, \"b\" : f(2)\n c = {} }")).entries())
                .extracting(Expression.Entry::key)
                .containsExactly("a", "b", "c");
        assertThat(((Traversal) value("module.m[0].x[\"k\"].0")).text()).isEqualTo("module.m[0].x[\"k\"][0]");
        for (String raw : List.of(
                "\"${a}\"",
                "f(1)",
                "1 + 2",
                "a[*].b",
                "a[b]",
                "[for x in y : x]",
                "!a",
                "a ? 1 : 2",
                "(1)",
                "<<E\nx\nE")) {
            assertThat(value(raw))
                    .isInstanceOfSatisfying(Raw.class, r -> assertThat(r.text()).isEqualTo(raw));
        }
    }

    @Test
    void blocks_have_labels_of_both_kinds_and_positions() {
        HclFile file = read("# x\n\n  a \"l 1\" l2 {\r\n    b = 1\r\n  }\n");

        Block block = file.body().blocks().get(0);
        assertThat(block.labels()).containsExactly("l 1", "l2");
        assertThat(block.position()).isEqualTo(new Position("main.tf", 3, 3));
        assertThat(block.body().attributes().get(0).position()).isEqualTo(new Position("main.tf", 4, 5));
    }

    @Test
    void a_byte_order_mark_is_nothing_and_other_bytes_are_told_unless_in_a_comment() {
        assertThat(read("\uFEFFa = 1\n").problems()).isEmpty();
        byte[] inComment = "# \u00ff\na = 1\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(HclFile.read("main.tf", inComment).problems()).isEmpty();
        byte[] inString = "a = \"\u00ff\"\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(HclFile.read("main.tf", inString).problems())
                .extracting(Problem::kind, problem -> problem.position().toString())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Problem.Kind.ENCODING, "main.tf:1:6"));
    }

    @Test
    void a_line_that_makes_no_sense_is_kept_raw_and_the_next_is_read() {
        HclFile file = read("a {\n  b ? c { d = 1 }\n  e = 1\n}\nf = \"open\ng = 2\n");

        assertThat(file.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "main.tf:2:3: neither an attribute nor a block begins here",
                        "main.tf:5:10: the string is not closed on its line");
        Body inner = file.body().blocks().get(0).body();
        assertThat(inner.unread()).extracting(Raw::text).containsExactly("b ? c { d = 1 }");
        assertThat(inner.attributes()).extracting(Attribute::name).containsExactly("e");
        assertThat(file.body().attributes()).extracting(Attribute::name).containsExactly("f", "g");
    }

    @Test
    void a_block_that_is_not_closed_does_not_swallow_the_blocks_after_it() {
        HclFile file = read("a {\n  b {\n    c = 1\n  }\n\nd {\n  e = 1\n}\n");

        assertThat(file.problems())
                .extracting(Problem::toString)
                .containsExactly("main.tf:1:1: the block is not closed");
        assertThat(file.body().blocks()).extracting(Block::type).containsExactly("a", "d");
        assertThat(file.body().blocks().get(0).body().blocks("b")).hasSize(1);
        assertThat(file.body().blocks().get(1).body().value("e")).isPresent();
    }

    @Test
    void malformed_json_is_read_up_to_its_mistake() {
        String json = "{\"variable\": {\"a\": {}},\n \"output\": {\"o\": {\"value\": 1}, oops";
        HclFile file = HclFile.read("main.tf.json", json.getBytes(StandardCharsets.UTF_8));

        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.SYNTAX);
            assertThat(problem.position().line()).isEqualTo(2);
        });
        assertThat(file.body().blocks()).extracting(Block::type).containsExactly("variable", "output");
    }

    @Test
    void every_file_of_this_repository_is_read_without_a_problem() throws Exception {
        List<Path> code;
        try (var all = Files.walk(repository())) {
            code = all.filter(path -> path.toString().endsWith(".tf"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .filter(Files::isRegularFile)
                    .toList();
        }

        assertThat(code).extracting(path -> path.getFileName().toString()).contains("every_syntax.tf");
        for (Path path : code) {
            HclFile file = HclFile.read(path.toString(), Files.readAllBytes(path));
            assertThat(file.problems()).isEmpty();
            assertThat(file.body().unread()).isEmpty();
        }
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("orchestrator/pom.xml"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder;
    }

    private static Expression value(String expression) {
        HclFile file = read("value = " + expression + "\nafter = 1\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.body().attributes()).hasSize(2);
        return file.body().value("value").orElseThrow();
    }

    private static HclFile read(String text) {
        return HclFile.read("main.tf", text.getBytes(StandardCharsets.UTF_8));
    }
}
