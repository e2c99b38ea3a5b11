package dev.plumbline.access;

/** What became of a {@link TokenRequest}. */
public sealed interface TokenCreation {

    /** @param secret the token itself; it can't be had a second time */
    record Created(Token token, String secret) implements TokenCreation {
        @Override
        public String toString() {
            return "Created[token=" + token + "]";
        }
    }

    /**
     * @param error what is wrong; a whole sentence
     * @param next what to do about it; a whole sentence
     */
    record Refused(String error, String next) implements TokenCreation {}
}
