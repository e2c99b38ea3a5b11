package dev.plumbline.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 files made at random from fixed seeds, with the real Terraform as the judge of what is syntax. */
class GeneratedCodeTest {
    private static final int WHOLE = 140;
    private static final int DAMAGED = 60;

    @Test
    void every_fact_that_was_put_into_a_file_comes_out_of_it() {
        for (int seed = 0; seed < WHOLE; seed++) {
            GeneratedCode made = new GeneratedCode(seed);
            String text = made.text();

            assertThat(FactsText.of(Folder.code(text)))
                    .as("seed %d:%n%s", seed, text)
                    .isEqualTo(made.facts());
        }
    }

    @Test
    void a_file_that_terraform_accepts_is_read_without_a_problem(@TempDir Path folder) throws Exception {
        for (int seed = 0; seed < WHOLE; seed++) {
            String text = new GeneratedCode(seed).text();
            Files.writeString(folder.resolve("whole" + seed + ".tf"), text);
        }
        for (int seed = 0; seed < DAMAGED; seed++) {
            Files.write(folder.resolve("damaged" + seed + ".tf"), damaged(seed));
        }

        Set<String> rejected = TerraformSyntax.onPath().rejected(folder);

        assertThat(rejected).as("the damage is real").hasSizeGreaterThan(DAMAGED / 2);
        assertThat(rejected).as("the generator makes Terraform code").noneMatch(name -> name.startsWith("whole"));
        for (Path file : filesIn(folder)) {
            String name = file.getFileName().toString();
            if (!rejected.contains(name)) {
                TerraformCode code = TerraformCode.read(new TreeMap<>(Map.of(name, Files.readAllBytes(file))));
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                assertThat(code.problems()).as(text).isEmpty();
            }
        }
    }

    @Test
    void a_damaged_file_is_read_as_far_as_it_goes() {
        for (int seed = 0; seed < DAMAGED * 20; seed++) {
            byte[] content = damaged(seed);
            TerraformCode code = TerraformCode.read(new TreeMap<>(Map.of("main.tf", content)));

            assertThat(code.problems().size()).isLessThanOrEqualTo(101);
        }
    }

    @Test
    void what_stands_before_and_after_a_damaged_block_is_still_told() {
        for (int seed = 0; seed < 200; seed++) {
            String middle = new String(damaged(seed), StandardCharsets.UTF_8);
            if (middle.contains("<<") || middle.contains("/*") || middle.contains("\uFEFF")) {
                continue;
            }
            TerraformCode code = Folder.code("variable \"before\" {}\n" + middle + "\nvariable \"after\" {}\n");

            assertThat(code.variables())
                    .as("seed %d:%n%s", seed, middle)
                    .extracting(Variable::name)
                    .contains("before", "after");
        }
    }

    private static byte[] damaged(long seed) {
        Random random = new Random(seed * 31 + 7);
        byte[] whole = new GeneratedCode(seed + 1_000).text().getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            whole[random.nextInt(whole.length)] = (byte) random.nextInt(256);
        }
        return whole;
    }

    private static Iterable<Path> filesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
