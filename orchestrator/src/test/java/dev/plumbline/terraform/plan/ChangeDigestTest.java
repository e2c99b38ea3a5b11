package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.secret.ServerKey;
import dev.plumbline.terraform.plan.RealPlans.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The digest says whether what is about to be done is what was seen; the difference says where it is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeDigestTest {
    private static final String CODE = """
            variable "word" {
              sensitive = true
              default   = "first-secret"
            }
            resource "terraform_data" "a" {
              input = { word = var.word, open = "old", list = [1, 2] }
            }
            resource "terraform_data" "kept" {}
            output "o" { value = "one" }
            """;

    private static final byte[] EMPTY =
            "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\"}".getBytes(StandardCharsets.UTF_8);

    private final ChangeDigest digest = new ChangeDigest(ServerKey.random(new SecureRandom()));
    private Path ready = Path.of("");
    private Plan seen = Comparison.read(new PlanReader().fromShowJson(EMPTY));

    @BeforeAll
    void make_the_first_plan(@TempDir Path folder) {
        RealPlans.assumeTerraform();
        ready = folder;
        seen = planOf("seen", CODE.replace("\"old\"", "\"new\""), state -> state);
    }

    @Test
    void the_same_plan_made_twice_has_the_same_digest() {
        Plan again = planOf("again", CODE.replace("\"old\"", "\"new\""), state -> state);
        assertThat(digest.of(again)).isEqualTo(digest.of(seen)).hasSize(64);
        assertThat(ChangeDifference.between(seen, again)).isEmpty();
    }

    @Test
    void another_serial_is_no_other_change() {
        Plan later = planOf(
                "serial",
                CODE.replace("\"old\"", "\"new\""),
                state -> state.replaceFirst("\"serial\": 1,", "\"serial\": 77,"));
        assertThat(digest.of(later)).isEqualTo(digest.of(seen));
    }

    @Test
    void another_servers_key_gives_another_digest() {
        assertThat(new ChangeDigest(ServerKey.random(new SecureRandom())).of(seen))
                .isNotEqualTo(digest.of(seen));
    }

    static Stream<Arguments> differences() {
        String seen = CODE.replace("\"old\"", "\"new\"");
        String newer = CODE.replace("\"old\"", "\"newer\"");
        UnaryOperator<String> same = state -> state;
        return Stream.of(
                Arguments.of("value", newer, same, "terraform_data.a: input.open differs"),
                Arguments.of(
                        "element", seen.replace("[1, 2]", "[1, 3]"), same, "terraform_data.a: input.list[1] differs"),
                Arguments.of(
                        "secret",
                        seen.replace("first-secret", "other-secret"),
                        same,
                        "terraform_data.a: input.word differs"),
                Arguments.of(
                        "before",
                        seen,
                        (UnaryOperator<String>) state -> state.replace("\"open\": \"old\"", "\"open\": \"moved\""),
                        "terraform_data.a: input.open, output.open differ"),
                Arguments.of(
                        "output",
                        seen.replace("\"one\"", "\"two\""),
                        same,
                        "output o: changes only in the plan that is new"),
                Arguments.of(
                        "more",
                        seen + "resource \"terraform_data\" \"b\" {}\n",
                        same,
                        "terraform_data.b: would be created, which was not seen"),
                Arguments.of(
                        "fewer", CODE, same, "terraform_data.a: would be updated when it was seen, and now nothing"),
                Arguments.of(
                        "action",
                        seen.replace("input = {", "triggers_replace = 1\n  input = {"),
                        same,
                        "terraform_data.a: would be replaced where it was seen to be updated"),
                Arguments.of(
                        "move",
                        seen.replace("\"terraform_data\" \"kept\"", "\"terraform_data\" \"other\"")
                                + "moved {\n from = terraform_data.kept\n to = terraform_data.other\n}\n",
                        same,
                        "terraform_data.other: would be moved, which was not seen"),
                Arguments.of(
                        "import",
                        seen
                                + "resource \"terraform_data\" \"i\" {}\nimport {\n to = terraform_data.i\n id = \"x\"\n}\n",
                        same,
                        "terraform_data.i: would be imported, which was not seen"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void each_kind_of_difference_gives_another_digest_and_names_its_attribute(
            String name, String code, UnaryOperator<String> edit, String sentence) {
        Plan now = planOf(name, code, edit);
        assertThat(digest.of(now)).isNotEqualTo(digest.of(seen));
        Optional<ChangeDifference> difference = ChangeDifference.between(seen, now);
        assertThat(difference).map(ChangeDifference::sentence).contains(sentence);
        assertThat(difference.toString()).doesNotContain("first-secret", "other-secret");
    }

    @Test
    void a_difference_in_several_objects_names_the_first_and_counts_the_others() {
        Plan now = planOf("several", CODE + "resource \"terraform_data\" \"b\" {}\n", state -> state);
        assertThat(ChangeDifference.between(seen, now).orElseThrow().sentence()).endsWith(" (and 1 more)");
    }

    private Plan planOf(String name, String code, UnaryOperator<String> edit) {
        Path folder = ready.resolve(name);
        RealPlans.Made made =
                RealPlans.make(folder, Shape.of(name, CODE, code).editing(state -> edit.apply(fixedIds(state))));
        return Comparison.read(new PlanReader().fromFile(made.file()));
    }

    /** Each plan has a state of its own; the ids that Terraform invented must not be what differs. */
    private static String fixedIds(String state) {
        return state.replaceAll("\"id\": \"[0-9a-f-]{36}\"", "\"id\": \"00000000-0000-0000-0000-000000000001\"");
    }
}
