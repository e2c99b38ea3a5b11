package dev.plumbline.forge.http;

import dev.plumbline.forge.Answer;

/** What lets calls of an API in; it may change from call to call. */
public interface Authorization {

    /**
     * One header's worth.
     *
     * @param name of the header
     * @param header the whole of it
     * @param secret what of it must never be shown
     */
    record Key(String name, String header, String secret) {
        /** One that stands in {@code Authorization}. */
        public Key(String header, String secret) {
            this("Authorization", header, secret);
        }

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

    /** A token that stays the same, in {@code Authorization}. */
    static Authorization fixed(String header, String token) {
        return new FixedAuthorization(new Key(header, token));
    }

    /** A token that stays the same, in a header of the forge's own. */
    static Authorization fixed(String name, String header, String token) {
        return new FixedAuthorization(new Key(name, header, token));
    }
}
