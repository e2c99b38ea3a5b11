package dev.plumbline.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks through code that a stranger may have pushed, before Terraform's {@code init} runs programs it finds there. */
public final class UntrustedCode {

    /**
     * Why the code is not run.
     *
     * @param path relative to the root that was looked through
     */
    public record Refusal(String path, String reason) {
        @Override
        public String toString() {
            return path + ": " + reason;
        }
    }

    /**
     * Looks for committed data folders and plugins, and for symbolic links that lead out of the tree.
     *
     * @param root the laid-out tree, before any run in it
     * @return the first offence by path; empty where the code may be run
     */
    public Optional<Refusal> inspect(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> sorted = all.sorted().toList();
            Path real = root.toRealPath();
            for (Path path : sorted) {
                Optional<Refusal> refusal = offence(root, real, path);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new TerraformException(
                    "The code in " + root + " can't be looked through (" + e.getMessage() + ")", e);
        }
    }

    private static Optional<Refusal> offence(Path root, Path realRoot, Path path) throws IOException {
        String relative = root.relativize(path).toString();
        Path name = path.getFileName();
        if (name != null && name.toString().equals(".terraform")) {
            return Optional.of(new Refusal(
                    relative, "a committed data folder could bring its own programs; remove it from the repository"));
        }
        if (path.endsWith(Path.of("terraform.d", "plugins"))) {
            return Optional.of(new Refusal(
                    relative, "committed plugins are programs that would run; remove them from the repository"));
        }
        if (Files.isSymbolicLink(path) && leaves(realRoot, path)) {
            return Optional.of(
                    new Refusal(relative, "the link leads out of the repository, to " + Files.readSymbolicLink(path)));
        }
        return Optional.empty();
    }

    /** A dangling link is followed as far as it names anything. */
    private static boolean leaves(Path realRoot, Path link) throws IOException {
        if (Files.exists(link)) {
            return !link.toRealPath().startsWith(realRoot);
        }
        Path folder = link.toAbsolutePath().getParent();
        if (folder == null) {
            return true;
        }
        Path target = folder.toRealPath().resolve(Files.readSymbolicLink(link)).normalize();
        return !target.startsWith(realRoot);
    }
}
