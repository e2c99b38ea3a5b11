package dev.plumbline.git;

/** A repository could not be read or written; the message says which, what was tried, and what to do next. */
public final class GitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GitException(String message) {
        super(message);
    }

    public GitException(String message, Throwable cause) {
        super(message, cause);
    }
}
