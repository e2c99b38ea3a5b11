package dev.plumbline.terraform.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.secret.Secrets;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.RealPlans;
import dev.plumbline.terraform.plan.SensitiveSchema;
import dev.plumbline.terraform.plan.Shapes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Golden files of real plans, and the promise of a bounded size. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenderingTest {
    private Map<String, RealPlans.Made> made = Map.of();

    @BeforeAll
    void make_the_plans(@TempDir Path folder) {
        RealPlans.assumeTerraform();
        made = RealPlans.make(
                folder,
                List.of(
                        Shapes.create(),
                        Shapes.update(),
                        Shapes.replace(),
                        Shapes.lists(),
                        Shapes.multiLine(),
                        Shapes.hostile(),
                        Shapes.sensitive()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create.txt",
                "update.txt",
                "replace.txt",
                "lists.txt",
                "multi-line.txt",
                "replace.md",
                "hostile.md",
                "sensitive.json"
            })
    void a_report_reads_as_its_golden_file(String golden) throws IOException {
        PlanReport report = report(golden.substring(0, golden.lastIndexOf('.')));
        String actual = switch (golden.substring(golden.lastIndexOf('.'))) {
            case ".md" -> report.markdown(Limit.none()).text();
            case ".json" -> report.json();
            default -> report.text(Limit.none(), false).text();
        };
        assertThat(actual.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")).isEqualTo(golden(golden));
    }

    @Test
    void five_thousand_resources_fit_any_size_and_say_what_is_missing() {
        Plan large = ManyResources.plan(5_000);
        PlanReport report = PlanReport.of("stacks/large", large, SensitiveSchema.none(), Secrets.none());
        Random random = new Random(7);
        for (int i = 0; i < 12; i++) {
            int size = 1 + random.nextInt(i < 4 ? 2_000 : 70_000);
            Limit limit = new Limit(size, "https://plumbline.example.com/runs/r1");
            for (Rendering rendering : List.of(report.text(limit, true), report.markdown(limit), report.json(limit))) {
                assertThat(rendering.text().length()).isLessThanOrEqualTo(size);
                assertThat(rendering.complete()).isFalse();
            }
            JsonMapper.shared().readTree(report.json(limit).text());
        }
        Rendering cut = report.markdown(new Limit(60_000, "https://plumbline.example.com/runs/r1"));
        assertThat(cut.text())
                .endsWith("… " + cut.omitted() + " resources or sections are not shown in full; all of it: "
                        + "<https://plumbline.example.com/runs/r1>\n");
        assertThat(occurrences(cut.text(), "<details"))
                .isEqualTo(occurrences(cut.text(), "</details>"))
                .isPositive();
        assertThat(report.text(Limit.none(), false).complete()).isTrue();
    }

    @Test
    void what_is_destroyed_stands_first_in_every_format() {
        PlanReport report = PlanReport.of("s", ManyResources.plan(50), SensitiveSchema.none(), Secrets.none());
        for (String text : List.of(
                report.text(Limit.none(), false).text(),
                report.markdown(Limit.none()).text(),
                report.json())) {
            int lastDestroyed = text.lastIndexOf(text.startsWith("{") ? "[\"delete\"]" : "will be destroyed");
            int firstCreated = text.indexOf(text.startsWith("{") ? "[\"create\"]" : "will be created");
            assertThat(lastDestroyed).isPositive().isLessThan(firstCreated);
        }
    }

    @Test
    void nothing_in_a_plan_breaks_out_of_its_fence_or_becomes_html_or_a_mention() {
        String markdown = report("hostile").markdown(Limit.none()).text();
        String outside = markdown.replaceAll("(?s)(`{3,})diff\n.*?\n\\1\n", "");
        assertThat(outside.replaceAll("</?(details|summary|code)>", "")).doesNotContain("<", "@", "`", "|");
    }

    private PlanReport report(String shape) {
        Path file = Objects.requireNonNull(made.get(shape), shape).file();
        Plan read = ((PlanReading.Read) new PlanReader().fromFile(file)).plan();
        return PlanReport.of("stacks/x", read, SensitiveSchema.none(), Secrets.none());
    }

    private static int occurrences(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = RenderingTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
