package dev.plumbline.web;

/** The request can't be understood or is too large; carries the answer. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String next;

    BadRequestException(int status, String error, String next) {
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
