package dev.plumbline.web;

/** The request can't be understood, is too large, or asks for what it may not; carries the answer. */
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String next;

    /** @param next what to do about it */
    public BadRequestException(int status, String error, String next) {
        super(error);
        this.status = status;
        this.next = next;
    }

    int status() {
        return status;
    }

    Views.Problem problem() {
        return new Views.Problem(String.valueOf(getMessage()), next);
    }
}
