package dev.plumbline.cli;

/** A command can't go on: what is wrong and where, what to do next, and the exit status. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String next;

    /** @param next a sentence; empty where there is nothing to add */
    public CliException(int status, String what, String next) {
        super(what);
        this.status = status;
        this.next = next;
    }

    public CliException(int status, String what, String next, Throwable cause) {
        super(what, cause);
        this.status = status;
        this.next = next;
    }

    /** An error with status 1. */
    public static CliException error(String what, String next) {
        return new CliException(ExitStatus.ERROR, what, next);
    }

    public int status() {
        return status;
    }

    public String next() {
        return next;
    }
}
