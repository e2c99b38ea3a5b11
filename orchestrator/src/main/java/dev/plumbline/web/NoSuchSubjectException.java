package dev.plumbline.web;

/** What was named is not there, or names more than one thing; the message lists the candidates. */
public final class NoSuchSubjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchSubjectException(String message) {
        super(message);
    }
}
