package dev.plumbline.cli;

/** What is still to be done where the command is interrupted, by Ctrl-C, before this is closed. */
public final class AtInterrupt implements AutoCloseable {
    private final Thread hook;

    /** @param work the process ends once it is done */
    public AtInterrupt(Runnable work) {
        this.hook = new Thread(work, "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyInterrupted) {
            // It is under way then.
        }
    }
}
