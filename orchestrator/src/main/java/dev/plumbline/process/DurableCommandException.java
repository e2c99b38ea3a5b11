package dev.plumbline.process;

/** A durable command could not be started, or its folder is not one; the message says what to do. */
public final class DurableCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DurableCommandException(String message) {
        super(message);
    }

    DurableCommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
