package dev.plumbline.run;

import dev.plumbline.terraform.plan.StateFile;
import dev.plumbline.terraform.plan.StateFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The managed state that an apply left in its workspace. Terraform rewrites the file in place, so one that was killed, or whose
 * disk was full, may leave a piece of it, or nothing; that must never count as an empty state.
 *
 * @param content as it stands on disk
 * @param state what the content says; null where it is damaged
 */
record LeftState(byte[] content, @Nullable StateFile state) {

    /**
     * Reads what was left.
     *
     * @param errored where Terraform put the state that it could not save; it is newer than the file then
     */
    static LeftState read(Path file, Optional<Path> errored) {
        return Stream.concat(errored.stream(), Stream.of(file))
                .map(LeftState::of)
                .filter(LeftState::whole)
                .findFirst()
                .orElseGet(() -> of(file));
    }

    boolean whole() {
        return state != null;
    }

    private static LeftState of(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return new LeftState(content, parsed(content));
        } catch (IOException cause) {
            throw new UncheckedIOException("can't read " + file, cause);
        }
    }

    /** Every state that Terraform wrote has a lineage. */
    private static @Nullable StateFile parsed(byte[] content) {
        try {
            StateFile state = StateFile.parse(content);
            return state.lineage().isEmpty() ? null : state;
        } catch (StateFormatException damaged) {
            return null;
        }
    }
}
