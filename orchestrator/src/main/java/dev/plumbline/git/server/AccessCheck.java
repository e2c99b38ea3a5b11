package dev.plumbline.git.server;

/** Decides who may clone from and push to a repository. Called by several threads. */
public interface AccessCheck {

    /**
     * @param user as typed, or standing in the remote's address; data from outside
     * @param password the token
     * @param repository a valid name; a repository of that name need not exist
     * @param wish what they are about to do
     */
    Answer check(String user, String password, String repository, Wish wish);

    /** What a client comes for. */
    enum Wish {
        CLONE,
        PUSH
    }

    /** Whether they are let in. */
    sealed interface Answer {

        /** @param actor who it is, as history will name them */
        record Allowed(String actor) implements Answer {}

        /**
         * The password is not valid: 401.
         *
         * @param why what is wrong and what to do; shown by the client
         */
        record Unknown(String why) implements Answer {}

        /**
         * They are known, and may not do this: 403.
         *
         * @param why what is missing and what to do; shown by the client
         */
        record Forbidden(String why) implements Answer {}
    }
}
