package dev.plumbline.terraform;

import dev.plumbline.terraform.event.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the initialisation of a workspace went. */
public sealed interface Initialisation {

    /**
     * Plans and applies can run.
     *
     * @param dataFolder Terraform's data folder; absent on disk where nothing was needed
     * @param lockFile the dependency lock file as it now stands in the stack's folder: to be kept with every plan, and
     *     laid beside its apply
     * @param reused whether no {@code init} had to run
     */
    record Initialised(Path dataFolder, Optional<byte[]> lockFile, boolean reused) implements Initialisation {}

    record Failed(List<Diagnostic> diagnostics) implements Initialisation {
        public Failed {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    record Cancelled() implements Initialisation {}

    record TimedOut() implements Initialisation {}
}
