package dev.plumbline.terraform.install;

import dev.plumbline.process.Command;
import dev.plumbline.process.CommandOutput;
import dev.plumbline.process.CommandResult;
import dev.plumbline.process.CommandRunner;
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

    private final CommandRunner runner;

    VersionProbe(CommandRunner runner) {
        this.runner = runner;
    }

    /** Empty where the program is neither of the two, or doesn't answer within a minute. */
    Optional<TerraformBinary> probe(Path program, Path folder) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Command command = new Command(
                program,
                List.of("version"),
                folder,
                Map.of("CHECKPOINT_DISABLE", "1", "HOME", folder.toString()),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1));
        CommandResult result = runner.run(command, CommandOutput.bytes(said));
        Matcher line = FIRST_LINE.matcher(said.toString(StandardCharsets.UTF_8));
        if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0 || !line.matches()) {
            return Optional.empty();
        }
        TerraformBinary.Product product =
                line.group(1).equals("Terraform") ? TerraformBinary.Product.TERRAFORM : TerraformBinary.Product.TOFU;
        return TerraformVersion.parse(line.group(2)).map(version -> new TerraformBinary(program, version, product));
    }
}
