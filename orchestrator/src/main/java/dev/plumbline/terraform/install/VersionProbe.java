package dev.plumbline.terraform.install;

import dev.plumbline.process.Command;
import dev.plumbline.process.CommandOutput;
import dev.plumbline.process.CommandResult;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a program what it is. */
final class VersionProbe {
    /** The plain form is asked for, because only it names the product. */
    private static final Pattern FIRST_LINE = Pattern.compile("(Terraform|OpenTofu) (v\\S+)[\\s\\S]*");

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int SHOWN = 120;

    private final CommandRunner runner;

    VersionProbe(CommandRunner runner) {
        this.runner = runner;
    }

    /** What a program turned out to be. */
    sealed interface Answer {
        default Optional<TerraformBinary> binary() {
            return this instanceof Is is ? Optional.of(is.found()) : Optional.empty();
        }

        /** Why it can't be used, as the rest of a sentence; empty where it can. */
        default String fault() {
            return this instanceof Isnt isnt ? isnt.why() : "";
        }
    }

    record Is(TerraformBinary found) implements Answer {}

    /** @param why as the rest of a sentence that begins with the program */
    record Isnt(String why) implements Answer {}

    Answer probe(Path program, Path folder) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Command command = new Command(
                program,
                List.of("version"),
                folder,
                Map.of("CHECKPOINT_DISABLE", "1", "HOME", folder.toString()),
                LIMIT,
                Duration.ofSeconds(1));
        CommandResult result = runner.run(command, CommandOutput.bytes(said));
        if (!(result instanceof CommandResult.Exited exited)) {
            return new Isnt(
                    result instanceof CommandResult.NotStarted unstarted
                            ? "does not start: " + unstarted.reason()
                            : "did not say its version within " + LIMIT.toSeconds() + " seconds");
        }
        if (exited.code() != 0) {
            return new Isnt("ends with " + exited.code() + " when asked for its version" + shown(exited.errorTail()));
        }
        String answer = said.toString(StandardCharsets.UTF_8);
        Matcher line = FIRST_LINE.matcher(answer);
        Optional<TerraformVersion> version = line.matches() ? TerraformVersion.parse(line.group(2)) : Optional.empty();
        if (version.isEmpty()) {
            return new Isnt("is neither Terraform nor OpenTofu: asked for its version it says" + shown(answer));
        }
        TerraformBinary.Product product =
                line.group(1).equals("Terraform") ? TerraformBinary.Product.TERRAFORM : TerraformBinary.Product.TOFU;
        return new Is(new TerraformBinary(program, version.get(), product));
    }

    /** The first line of what it said, short enough to stand in a sentence. */
    private static String shown(String said) {
        String first = TerminalText.safeLine(said.strip().lines().findFirst().orElse("nothing"));
        return ": " + (first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first);
    }
}
