package dev.plumbline.web;

/** Something that was understood and can't be done now; the API answers 409 with the sentence and what to do next. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String next;

    public RefusedException(String error, String next) {
        super(error);
        this.next = next;
    }

    String next() {
        return next;
    }
}
