package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads plans: straight from the plan file, without starting a provider, where the Terraform version is one whose plan
 * files were proven equal to {@code show -json}; else from that command's output.
 *
 * <p>One thing a plan file doesn't tell without the provider's schema: a number that is not exactly a double, such as 0.1, in
 * an attribute whose type the schema fixes, stands there as text, and is read as text. So the digests of the same plan
 * read in the two ways can differ; those of one way never do.
 */
public final class PlanReader {
    /** The programs, up to the version's second dot, whose plan files the tests of this package hold to {@code show -json}. */
    private static final Set<String> PROVEN = Set.of("1.10", "1.11", "tofu:1.10");

    private static final long MEGABYTE = 1024L * 1024;

    private final JsonMapper json = Json.mapper();
    private final long largest;

    /** Reads plans of up to 256 MiB. */
    public PlanReader() {
        this(256 * MEGABYTE);
    }

    /** @param largest the longest part of a plan file, or output of {@code show -json}, that is read, in bytes */
    public PlanReader(long largest) {
        this.largest = Math.min(largest, Integer.MAX_VALUE - 16L);
    }

    /**
     * Whether plan files of a program may be read directly; those of pre-releases never.
     *
     * @param program {@code 1.11.4} or {@code tofu:1.10.10}
     */
    public static boolean canReadDirectly(String program) {
        int patch = program.lastIndexOf('.');
        return patch > 0
                && PROVEN.contains(program.substring(0, patch))
                && program.substring(patch + 1).chars().allMatch(Character::isDigit);
    }

    /** Reads a plan file of Terraform directly. */
    public PlanReading fromFile(Path planFile) {
        return fromFile(planFile, false);
    }

    /**
     * Reads a plan file directly.
     *
     * @param tofu whether OpenTofu made it, which the file doesn't tell
     */
    public PlanReading fromFile(Path planFile, boolean tofu) {
        try (ZipFile zip = new ZipFile(planFile.toFile())) {
            byte[] tfplan = entry(zip, "tfplan");
            String version = PlanFile.version(tfplan);
            if (!canReadDirectly((tofu ? "tofu:" : "") + version)) {
                return unreadable(
                        planFile.toString(),
                        "its version " + version + " is not one whose plan files are read directly; use show -json");
            }
            Secrets fromState = StateFile.parse(entry(zip, "tfstate"))
                    .secrets()
                    .plus(StateFile.parse(entry(zip, "tfstate-prev")).secrets());
            Plan plan = new PlanFile(json).read(tfplan, fromState);
            return new PlanReading.Read(tofu ? plan.ofFewWords() : plan);
        } catch (IOException e) {
            return unreadable(planFile.toString(), "it is not a zip archive that can be read");
        } catch (PlanFormatException | StateFormatException e) {
            return unreadable(planFile.toString(), String.valueOf(e.getMessage()));
        }
    }

    /** Reads what {@code terraform show -json PLANFILE} printed. */
    public PlanReading fromShowJson(byte[] output) {
        if (output.length > largest) {
            return unreadable("the output of show -json", "it has more than " + largest + " bytes");
        }
        try {
            JsonNode root = json.readTree(output);
            Plan plan = ShowJson.read(root);
            return new PlanReading.Read(root.has("complete") ? plan : plan.ofFewWords());
        } catch (JacksonException e) {
            return unreadable("the output of show -json", "it is not JSON that can be read");
        } catch (PlanFormatException e) {
            return unreadable("the output of show -json", String.valueOf(e.getMessage()));
        }
    }

    private static PlanReading unreadable(String what, String why) {
        return new PlanReading.Unreadable("can't read the plan from " + what + ": " + why);
    }

    /** One part of the archive; the size in its directory is not trusted. */
    private byte[] entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new PlanFormatException("it has no part named " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) largest + 1);
            if (bytes.length > largest) {
                throw new PlanFormatException("its part " + name + " has more than " + largest + " bytes");
            }
            return bytes;
        }
    }
}
