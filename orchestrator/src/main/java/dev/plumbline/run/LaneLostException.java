package dev.plumbline.run;

/** A run tried to record something although it no longer holds its stack's lane; what it did since must not count. */
public final class LaneLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaneLostException(Run run) {
        super(run.id() + " no longer holds the lane of " + run.stack() + " as "
                + run.state().word());
    }
}
