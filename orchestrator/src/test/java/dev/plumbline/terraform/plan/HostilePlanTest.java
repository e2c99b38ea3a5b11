package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are no plan, or a plan made to harm, end in a sentence and never in an exception. */
class HostilePlanTest {
    @TempDir
    private Path folder = Path.of("");

    private byte[] tfplan = new byte[0];

    @BeforeEach
    void take_a_real_plan_apart() throws IOException {
        RealPlans.assumeTerraform();
        RealPlans.Made made = RealPlans.make(folder.resolve("real"), Shapes.lists());
        try (ZipFile zip = new ZipFile(made.file().toFile())) {
            tfplan = zip.getInputStream(zip.getEntry("tfplan")).readAllBytes();
        }
        assertThat(new PlanReader().fromFile(zipped(tfplan))).isInstanceOf(PlanReading.Read.class);
    }

    @Test
    void no_cut_and_no_changed_byte_makes_an_exception() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 150; i++) {
            assertEnds(zipped(Arrays.copyOf(tfplan, random.nextInt(tfplan.length))));
            byte[] changed = tfplan.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            assertEnds(zipped(changed));
        }
    }

    @Test
    void a_part_larger_than_allowed_is_refused_before_it_fills_the_memory() throws IOException {
        assertThat(reason(new PlanReader(1000).fromFile(zipped(new byte[5_000_000]))))
                .contains("more than 1000 bytes");
        assertThat(reason(new PlanReader(1000).fromShowJson(new byte[1001]))).contains("more than 1000 bytes");
    }

    @Test
    void what_is_no_archive_and_what_lacks_a_plan_is_said_so() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "hello");
        assertThat(reason(new PlanReader().fromFile(text))).contains("not a zip archive");
        assertThat(reason(new PlanReader().fromFile(folder.resolve("none")))).contains("not a zip archive");
        assertThat(reason(new PlanReader().fromShowJson("{\"a\":".getBytes(StandardCharsets.UTF_8))))
                .contains("not JSON");
        assertThat(reason(new PlanReader().fromShowJson("{}".getBytes(StandardCharsets.UTF_8))))
                .contains("format");
    }

    @Test
    void another_terraform_version_is_left_to_show() throws IOException {
        String bytes = new String(tfplan, StandardCharsets.ISO_8859_1).replace("1.11.4", "9.99.9");
        assertThat(reason(new PlanReader().fromFile(zipped(bytes.getBytes(StandardCharsets.ISO_8859_1)))))
                .contains("9.99.9")
                .contains("show -json");
        assertThat(PlanReader.canReadDirectly("1.11.0")).isTrue();
        assertThat(PlanReader.canReadDirectly("1.11.0-beta1")).isFalse();
        assertThat(PlanReader.canReadDirectly("1.12.0")).isFalse();
        assertThat(PlanReader.canReadDirectly("")).isFalse();
    }

    @Test
    void a_value_nested_without_end_is_refused() {
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x91);
        assertThatThrownBy(() -> MsgPack.read(Json.mapper(), ProtoMessage.Slice.of(deep)))
                .isInstanceOf(PlanFormatException.class)
                .hasMessageContaining("nested");
    }

    private static void assertEnds(Path file) {
        assertThat(new PlanReader().fromFile(file)).isNotNull();
    }

    private static String reason(PlanReading reading) {
        assertThat(reading).isInstanceOf(PlanReading.Unreadable.class);
        return ((PlanReading.Unreadable) reading).reason();
    }

    private Path zipped(byte[] plan) throws IOException {
        Path file = folder.resolve("hostile.plan");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("tfplan"));
            zip.write(plan);
            for (String empty : new String[] {"tfstate", "tfstate-prev"}) {
                zip.putNextEntry(new ZipEntry(empty));
            }
        }
        return file;
    }
}
