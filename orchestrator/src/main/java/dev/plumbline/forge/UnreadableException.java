package dev.plumbline.forge;

/** What a forge gave is JSON, and yet not what it must be. {@link Answer#then} makes a value of it. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param lacks what can't be found in it, for example {@code a time} */
    public UnreadableException(String lacks) {
        super("the forge gave an answer without " + lacks + ", so something else may stand before it");
    }
}
