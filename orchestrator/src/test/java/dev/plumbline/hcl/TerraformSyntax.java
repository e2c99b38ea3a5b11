package dev.plumbline.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real Terraform, asked what it makes of code. */
final class TerraformSyntax {
    private static final Pattern PLACE = Pattern.compile("on (\\S+\\.tf) line");
    private final Path program;

    private TerraformSyntax(Path program) {
        this.program = program;
    }

    static TerraformSyntax onPath() {
        return new TerraformSyntax(RealParts.terraform());
    }

    /** The names of the files in this folder whose syntax it rejects. */
    Set<String> rejected(Path folder) throws IOException, InterruptedException {
        Answer answer = run(folder, "fmt", "-no-color", "-write=false", "-list=false", ".");
        Set<String> names = new TreeSet<>();
        Matcher place = PLACE.matcher(answer.output());
        while (place.find()) {
            names.add(place.group(1));
        }
        assertThat(answer.status() != 0).as(answer.output()).isEqualTo(!names.isEmpty());
        return names;
    }

    /** Whether {@code required_version} with this constraint lets it run. */
    boolean runsUnder(String constraint, Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("main.tf"), "terraform {\n  required_version = \"" + constraint + "\"\n}\n");
        return run(folder, "init", "-no-color", "-input=false").status() == 0;
    }

    /** Its own version. */
    String version(Path folder) throws IOException, InterruptedException {
        Matcher version = Pattern.compile("Terraform v(\\S+)")
                .matcher(run(folder, "version").output());
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private Answer run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("terraform", ".out");
        ProcessBuilder builder = new ProcessBuilder(program.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("terraform ends").isTrue();
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        Files.delete(output);
        return new Answer(process.exitValue(), text);
    }

    private record Answer(int status, String output) {}
}
