package dev.plumbline.secret;

/** An encrypted artifact could not be read; the message says which and what to do. */
public final class UnreadableArtifactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Reason {
        /** It is not one of ours, or of a later format. */
        UNKNOWN_FORMAT,
        /** It was written under another server key. */
        WRONG_KEY,
        /** It was cut, altered, or stands under another artifact's name. */
        DAMAGED
    }

    private final Reason reason;

    UnreadableArtifactException(String artifact, Reason reason) {
        super(artifact + ": " + sentence(reason));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case UNKNOWN_FORMAT -> "not an encrypted artifact of this version of Plumbline";
            case WRONG_KEY -> "was encrypted with another key; give the encryption_key that it was written with";
            case DAMAGED -> "is damaged, cut short, or not the artifact of that name; restore it from a backup";
        };
    }
}
