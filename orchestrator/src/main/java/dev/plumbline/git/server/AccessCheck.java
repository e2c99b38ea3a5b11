package dev.plumbline.git.server;

import java.util.Optional;

/** Decides who may clone from and push to a repository. Called by several threads. */
public interface AccessCheck {

    /**
     * @param user as typed, or standing in the remote's address; data from outside
     * @param password the token
     * @param repository a valid name; a repository of that name need not exist
     * @return who it is, as history will name them; empty to answer 401
     */
    Optional<String> actor(String user, String password, String repository);
}
