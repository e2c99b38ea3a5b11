package dev.plumbline.terraform;

import dev.plumbline.process.DurableCommand;
import dev.plumbline.process.DurableStatus;
import dev.plumbline.process.LineStream;
import dev.plumbline.terraform.event.EventParser;
import dev.plumbline.terraform.event.TerraformEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An apply that lives on its own: started by this process or by an earlier one.
 *
 * <p>Safe for use by several threads.
 */
public final class ApplyRun {
    private static final int CHUNK = 64 * 1024;

    private final DurableCommand command;

    ApplyRun(DurableCommand command) {
        this.command = command;
    }

    /**
     * Takes over an apply that was started with that run folder.
     *
     * @throws dev.plumbline.process.DurableCommandException where none ever was
     */
    public static ApplyRun adopt(Path runFolder) {
        return new ApplyRun(DurableCommand.adopt(runFolder));
    }

    public ApplyOutcome outcome() {
        return outcome(command.status());
    }

    /** @return how it stands after at most that time */
    public ApplyOutcome await(Duration limit) throws InterruptedException {
        return outcome(command.await(limit));
    }

    /** Asks Terraform once to stop, which saves the state; after the grace, kills what is left. */
    public ApplyOutcome terminate(Duration grace) throws InterruptedException {
        return outcome(command.terminate(grace));
    }

    /**
     * Hands on the events from a place in the output to its present end, whole lines only; once the apply has ended,
     * the last line needs no line end.
     *
     * @param offset bytes; 0, or what this method returned last
     * @return the place to go on from
     */
    public long follow(long offset, Consumer<TerraformEvent> listener) {
        boolean ended = !(command.status() instanceof DurableStatus.Running);
        EventParser parser = new EventParser();
        try {
            return lines(offset, ended, line -> listener.accept(parser.parse(line)));
        } catch (IOException e) {
            throw new TerraformException(
                    "The output " + command.output() + " can't be read (" + e.getMessage() + ")", e);
        }
    }

    /** The state that Terraform could not save where it belongs; to be kept, since nothing else knows it. */
    public Optional<Path> erroredState() {
        return Optional.of(command.workingFolder().resolve("errored.tfstate")).filter(Files::isRegularFile);
    }

    private ApplyOutcome outcome(DurableStatus status) {
        if (status instanceof DurableStatus.Running) {
            return new ApplyOutcome.Running();
        }
        if (status instanceof DurableStatus.Exited exited) {
            return exited.code() == 0 ? new ApplyOutcome.Applied() : failed(exited.code());
        }
        return new ApplyOutcome.Lost(((DurableStatus.Lost) status).reason());
    }

    private ApplyOutcome failed(int code) {
        DiagnosticsCollector collector = new DiagnosticsCollector(event -> {});
        try {
            lines(0, true, collector);
        } catch (IOException e) {
            collector.accept("The output " + command.output() + " can't be read: " + e.getMessage());
        }
        return new ApplyOutcome.Failed(
                collector.errors("The apply ended with exit status " + code + " without naming an error", ""), code);
    }

    private long lines(long offset, boolean ended, Consumer<String> onLine) throws IOException {
        if (!Files.exists(command.output())) {
            return offset;
        }
        try (RandomAccessFile file = new RandomAccessFile(command.output().toFile(), "r");
                LineStream lines = new LineStream(onLine)) {
            long end = ended ? file.length() : lastLineEnd(file, offset);
            file.seek(Math.min(offset, end));
            byte[] chunk = new byte[CHUNK];
            long at = file.getFilePointer();
            while (at < end) {
                int read = file.read(chunk, 0, (int) Math.min(CHUNK, end - at));
                if (read < 0) {
                    break;
                }
                lines.write(chunk, 0, read);
                at += read;
            }
            return Math.max(at, offset);
        }
    }

    /** The place after the last line end; the offset itself where there is none after it. */
    private static long lastLineEnd(RandomAccessFile file, long offset) throws IOException {
        for (long at = file.length() - 1; at >= offset; at--) {
            file.seek(at);
            if (file.read() == '\n') {
                return at + 1;
            }
        }
        return offset;
    }
}
