package dev.plumbline.access;

/** Tells who holds a token. Called by several threads. */
public interface TokenCheck {

    /** @param token as it was offered; data from outside */
    TokenVerdict check(String token);
}
