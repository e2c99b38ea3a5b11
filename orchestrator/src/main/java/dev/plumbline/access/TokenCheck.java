package dev.plumbline.access;

import java.util.Optional;

/** Tells who holds a token. Called by several threads. */
public interface TokenCheck {

    /**
     * @param token as it was offered; data from outside
     * @return its holder; empty where it is not valid, or not any more
     */
    Optional<Principal> holderOf(String token);
}
