package dev.plumbline.terraform.plan;

/** A state file that can't be read; the message says why. */
public final class StateFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateFormatException(String message) {
        super(message);
    }
}
