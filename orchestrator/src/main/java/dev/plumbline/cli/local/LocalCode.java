package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.git.GitException;
import dev.plumbline.git.LocalRepository;
import dev.plumbline.git.WorkingTree;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackCatalogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The checkout of the current folder and its stacks.
 *
 * @param tree its files as they stand on disk, those included that are not committed yet
 * @param catalog its stacks
 */
record LocalCode(WorkingTree tree, StackCatalog catalog) {
    /** What the built-in forge calls the repository that nobody named otherwise. */
    static final String REPOSITORY = "main";

    /** @param localBackends as in server.yaml */
    static LocalCode around(CliContext context, List<Path> localBackends) {
        return reading(() -> {
            WorkingTree tree = WorkingTree.around(context.workingFolder());
            return new LocalCode(tree, new StackCatalogReader(localBackends).read(REPOSITORY, tree));
        });
    }

    /** The repository of the current folder. */
    static LocalRepository repository(CliContext context) {
        return reading(() -> LocalRepository.around(context.workingFolder()));
    }

    /** What Git can't give is told without a stack trace. */
    static <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (GitException e) {
            throw new CliException(1, TerminalText.safe(String.valueOf(e.getMessage())), "", e);
        }
    }

    /** The current folder as a path of the tree; the empty string at its root. */
    String here(CliContext context) {
        try {
            return tree.root()
                    .toRealPath()
                    .relativize(context.workingFolder().toRealPath())
                    .toString();
        } catch (IOException e) {
            throw new CliException(1, "The current folder " + context.workingFolder() + " can't be read.", "", e);
        }
    }
}
