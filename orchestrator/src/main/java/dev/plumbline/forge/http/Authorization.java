package dev.plumbline.forge.http;

import dev.plumbline.forge.Answer;

/** What lets calls of an API in; it may change from call to call. */
public interface Authorization {

    /**
     * One header's worth.
     *
     * @param header the whole of {@code Authorization}
     * @param secret what of it must never be shown
     */
    record Key(String header, String secret) {
        @Override
        public String toString() {
            return "Key[]";
        }
    }

    /** What lets in now. */
    Answer<Key> key();

    /** That one was refused: forgets it, and says whether {@link #key} may give one that is worth a try. */
    boolean renews(Key refused);

    /** What a person has to correct in server.yaml where none is taken, for example {@code token}. */
    String setting();

    /** A token that stays the same. */
    static Authorization fixed(String header, String token) {
        return new FixedAuthorization(new Key(header, token));
    }
}
