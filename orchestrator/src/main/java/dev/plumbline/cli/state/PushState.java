package dev.plumbline.cli.state;

import dev.plumbline.cli.ApiClient;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "push", description = "Bring a state in, for example a terraform.tfstate. Needs the role admin.")
final class PushState extends OfOneStack {
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "What to bring in.")
    private @Nullable String file;

    @Option(names = "--errored", description = "Instead of a file: the state that the last apply could not save.")
    private boolean errored;

    @Option(names = "--force", description = "Also one of another lineage, or with a lower serial.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PushState(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if ((file == null) != errored) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Give either a FILE or --errored" + (errored ? ", not both" : ""));
        }
        byte @Nullable [] content =
                file == null ? null : read(context().workingFolder().resolve(file));
        ApiClient server = server();
        return follow(server, server.pushState(stack(), content, force));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            throw CliException.error("There is no file " + file + ".", "Name the state to bring in.");
        } catch (IOException e) {
            throw CliException.error("The file " + file + " can't be read: " + e.getMessage() + ".", "");
        }
    }
}
