package dev.plumbline.forge;

import dev.plumbline.process.Command;
import dev.plumbline.process.CommandOutput;
import dev.plumbline.process.CommandResult;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The real {@code git}, on its way to a remote: no questions, a time limit, and a limit on what it may write. */
final class GitProgram {
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** POSIX counts in these. */
    private static final long BLOCK = 512;
    /**
     * Lets no file grow beyond the limit, then becomes the command. With the signal ignored, Git says "File too large"; killed by
     * it, its children say nothing.
     */
    private static final String LIMITED = "trap '' XFSZ; ulimit -f \"$1\" || exit 125; shift; exec \"$@\"";

    private final Path scratch;
    private final Map<String, String> server;
    private final SearchPath path;
    private final CommandRunner runner;
    private final long largestFile;

    /**
     * @param scratch where credentials are laid out during calls
     * @param server the server's own environment
     * @param largestFile in bytes; a larger pack ends the call
     */
    GitProgram(Path scratch, Map<String, String> server, long largestFile) {
        this.scratch = scratch;
        this.server = Map.copyOf(server);
        this.path = SearchPath.parse(server.getOrDefault("PATH", ""));
        this.runner = new CommandRunner(path);
        this.largestFile = largestFile;
    }

    /** Removes what a killed server left of its calls. */
    void sweep() {
        try {
            PrivateCall.sweep(scratch);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("can't clear " + scratch + "; check who owns it", e);
        }
    }

    /**
     * Runs git to its end.
     *
     * @param login what lets it in over http and https
     * @param words git's arguments; none of them a secret
     */
    CommandResult run(
            Remote remote, Optional<GitLogin> login, List<String> words, Duration limit, Consumer<String> eachLine) {
        Optional<Path> git = path.find("git");
        if (git.isEmpty()) {
            return new CommandResult.NotStarted("git is not on the PATH of this server: install it");
        }
        try (PrivateCall call = PrivateCall.open(scratch, remote, login, server)) {
            List<String> all = new ArrayList<>(List.of("-c", LIMITED, "sh"));
            all.add(String.valueOf(Math.max(1, largestFile / BLOCK)));
            all.add(git.get().toString());
            all.addAll(words);
            return runner.run(
                    new Command(Path.of("/bin/sh"), all, call.folder(), call.environment(), limit, GRACE),
                    CommandOutput.lines(eachLine));
        } catch (IOException e) {
            return new CommandResult.NotStarted(
                    "can't write to " + scratch + ": " + e.getMessage() + "; check the disk and who owns it");
        }
    }
}
