package dev.plumbline.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands, each in a session of its own ({@code setsid}), and waits for their end. Standard input is empty.
 *
 * <p>Safe for use by several threads.
 */
public final class CommandRunner {
    private static final int TAIL = 16 * 1024;

    /** How long the streams may stay open after the session is gone; only a process that left the session holds them. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final SearchPath searchPath;

    /** @param searchPath where {@code setsid} is looked for, besides {@code /usr/bin} and {@code /bin} */
    public CommandRunner(SearchPath searchPath) {
        this.searchPath = searchPath;
    }

    /** Runs a command that nothing but its time limit, or an interrupt of this thread, can stop. */
    public CommandResult run(Command command, CommandOutput output) {
        return run(command, output, new CancelSignal());
    }

    /**
     * Runs a command to its end.
     *
     * @throws RuntimeException what the receiver of the output threw; the command was cancelled then
     */
    public CommandResult run(Command command, CommandOutput output, CancelSignal signal) {
        Optional<String> obstacle = obstacle(command);
        Optional<Path> setsid = Setsid.find(searchPath);
        if (obstacle.isPresent()) {
            return new CommandResult.NotStarted(obstacle.get());
        }
        if (setsid.isEmpty()) {
            return new CommandResult.NotStarted(Setsid.MISSING);
        }
        if (signal.isCancelled()) {
            return new CommandResult.Cancelled();
        }
        return execute(Setsid.line(setsid.get(), command), command, output, signal);
    }

    private static CommandResult execute(CommandLine line, Command command, CommandOutput output, CancelSignal signal) {
        SessionWatch watch = new SessionWatch(command);
        TailStream tail = new TailStream(TAIL);
        GuardedStream out = new GuardedStream(output.out(), () -> watch.end(SessionWatch.Cause.CANCELLED));
        GuardedStream err = new GuardedStream(output.err(), () -> watch.end(SessionWatch.Cause.CANCELLED));
        DefaultExecutor executor = executor(command, watch, new PumpStreamHandler(out, new Tee(tail, err)));
        Runnable cancel = () -> watch.end(SessionWatch.Cause.CANCELLED);
        signal.onCancel(cancel);
        IOException failure = null;
        try {
            executor.execute(line, command.environment());
        } catch (IOException e) {
            failure = e;
        } finally {
            signal.forget(cancel);
        }
        out.finish();
        err.finish();
        return result(command, watch, tail, failure);
    }

    private static DefaultExecutor executor(Command command, SessionWatch watch, PumpStreamHandler streams) {
        streams.setStopTimeout(DRAIN);
        DefaultExecutor executor = DefaultExecutor.builder()
                .setWorkingDirectory(command.folder())
                .setExecuteStreamHandler(streams)
                .get();
        executor.setExitValues(null);
        executor.setWatchdog(watch);
        return executor;
    }

    private static CommandResult result(
            Command command, SessionWatch watch, TailStream tail, @Nullable IOException failure) {
        Process process = watch.process();
        SessionWatch.Cause cause = watch.cause();
        if (process == null) {
            return new CommandResult.NotStarted(command.program() + " could not be started: "
                    + (failure == null ? "no reason was given" : failure.getMessage()));
        }
        if (cause == SessionWatch.Cause.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        if (cause == SessionWatch.Cause.TIME_LIMIT) {
            return new CommandResult.TimedOut(tail.text());
        }
        return cause == null
                ? new CommandResult.Exited(process.exitValue(), tail.text())
                : new CommandResult.Cancelled();
    }

    static Optional<String> obstacle(Command command) {
        if (!Files.isDirectory(command.folder())) {
            return Optional.of(
                    "The folder to run " + command.program().getFileName() + " in is missing: " + command.folder());
        }
        if (!Files.isRegularFile(command.program()) || !Files.isExecutable(command.program())) {
            return Optional.of(command.program() + " is not an executable file; install it or correct its path");
        }
        return Optional.empty();
    }

    /** Writes to both. */
    private static final class Tee extends OutputStream {
        private final TailStream tail;
        private final OutputStream other;

        Tee(TailStream tail, OutputStream other) {
            this.tail = tail;
            this.other = other;
        }

        @Override
        public void write(int b) throws IOException {
            tail.write(b);
            other.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            tail.write(bytes, offset, length);
            other.write(bytes, offset, length);
        }
    }
}
