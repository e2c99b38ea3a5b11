package dev.plumbline.forge;

import dev.plumbline.git.Mirror;
import java.util.Optional;

/** A way to tell on a remote what the outbox holds for it. */
interface Delivery {

    /**
     * What is to be told, with its words. To be made before a look begins: then whoever reads it and moves a branch moves it after
     * that look, so what they read counts as seen.
     */
    Parcel pack(RemoteBook.Row row, Remote remote);

    /** What is to be told by now, between two looks; empty where there is nothing, or where all of it waits for the next look. */
    default Optional<Parcel> packBetweenLooks(Remote remote) {
        return Optional.empty();
    }

    /** Why something is not told, where that concerns nothing else: it has a time of its own to be tried again. */
    default Optional<Trouble> leftAlone(Remote remote) {
        return Optional.empty();
    }

    /** Words that were put together. */
    interface Parcel {

        /** Whether there may be more than this. */
        boolean full();

        /** Whether its readers may merge for what it shows: then main must be where it was, once it was packed. */
        default boolean report() {
            return false;
        }

        /**
         * Delivers them.
         *
         * @return why they did not get through; empty where they did, were refused, or are left alone for a while
         */
        Optional<Trouble> deliver(Mirror mirror);
    }
}
