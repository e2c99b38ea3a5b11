package dev.plumbline.cli.local;

import dev.plumbline.cli.CliException;
import dev.plumbline.stack.StackId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** States that stand beside their code, as Terraform leaves them where there is no backend. They are read, never written. */
record LocalStates(Path root) {
    /** Where a stack's state is looked for. */
    Path file(StackId stack) {
        return root.resolve(stack.path()).resolve("terraform.tfstate");
    }

    Optional<byte[]> of(StackId stack) {
        Path file = file(stack);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new CliException(1, "The state " + file + " can't be read.", "Check its owner.", e);
        }
    }
}
