package dev.plumbline.git.server;

/** A request that is answered with a status and a sentence; thrown inside the servlet only. */
final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String why;

    RefusedRequest(int status, String why) {
        super(why, null, false, false);
        this.status = status;
        this.why = why;
    }

    /** An HTTP status of the 400s. */
    int status() {
        return status;
    }

    String why() {
        return why;
    }
}
