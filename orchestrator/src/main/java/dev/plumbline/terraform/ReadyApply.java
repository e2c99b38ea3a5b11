package dev.plumbline.terraform;

import dev.plumbline.process.Command;
import dev.plumbline.process.DurableCommand;
import java.nio.file.Path;

/** An apply for which all is prepared, so that its plan can be handed over: of what follows, only the start can fail. */
public final class ReadyApply {
    private final Command command;
    private final Path runFolder;

    ReadyApply(Command command, Path runFolder) {
        this.command = command;
        this.runFolder = runFolder;
    }

    /**
     * Starts it; it outlives this process.
     *
     * @throws dev.plumbline.process.DurableCommandException where nothing could be started
     */
    public ApplyRun start() {
        return new ApplyRun(DurableCommand.start(command, runFolder));
    }
}
