package dev.plumbline.cli.init;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.git.GitException;
import dev.plumbline.git.WorkingTree;
import dev.plumbline.secret.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a first configuration; nothing that is there is overwritten unless that is said. */
@Command(
        name = "init",
        description = "Write plumbline.yaml for this checkout from what is found in it, an atlantis.yaml included.")
public final class InitCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--stdout", description = "Print what would be written, and write nothing.")
    private boolean print;

    @Option(names = "--force", description = "Overwrite what is there.")
    private boolean force;

    public InitCommand(CliContext context) {
        this.context = context;
    }

    /** What {@code --json} prints of each file. */
    record Written(String path, boolean written, String content) {}

    @Override
    public Integer call() {
        try {
            WorkingTree tree = WorkingTree.around(context.workingFolder());
            propose(tree.root(), new Proposal(tree).files());
            return ExitStatus.FINE;
        } catch (GitException e) {
            throw new CliException(1, TerminalText.safe(String.valueOf(e.getMessage())), "", e);
        }
    }

    private void propose(Path root, Map<String, String> files) {
        if (!print && !force && there(root, Proposal.REPOSITORY_FILE)) {
            throw CliException.error(
                    root.resolve(Proposal.REPOSITORY_FILE) + " is there already; nothing was written.",
                    "See what init would write with --stdout, or overwrite it with --force.");
        }
        List<Written> outcome = new ArrayList<>();
        files.forEach((path, content) -> outcome.add(new Written(path, !print && write(root, path, content), content)));
        if (context.options().json()) {
            context.printJson(outcome);
        } else if (print) {
            show(outcome);
        } else {
            tell(outcome);
        }
    }

    private boolean there(Path root, String path) {
        return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean write(Path root, String path, String content) {
        if (there(root, path) && !force) {
            return false;
        }
        try {
            // Beside its place, then moved: a link is replaced, not followed, and no half of it ever stands there.
            Path beside = Files.writeString(root.resolve(path + ".new"), content);
            Files.move(beside, root.resolve(path), StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw new CliException(
                    1, root.resolve(path) + " can't be written: " + e, "See that this user may write there.", e);
        }
    }

    private void show(List<Written> files) {
        for (Written file : files) {
            if (files.size() > 1) {
                context.terminal().line("# --- " + file.path());
            }
            context.terminal().print(file.content());
        }
    }

    private void tell(List<Written> files) {
        for (Written file : files) {
            context.terminal()
                    .line(
                            file.written()
                                    ? "wrote " + file.path()
                                    : "left " + file.path()
                                            + " as it is; --stdout shows what atlantis.yaml would put there");
        }
        context.terminal().line("Look at them, run 'plumbline check' and 'plumbline stacks', and commit.");
    }
}
