package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What Plumbline asks of a place where repositories live. Called by several threads, for one repository by one at a time. */
public interface Forge {

    /** Where the branches of a repository are now; takes a second or so where nothing hangs, and ends where something does. */
    Look look(Remote remote);

    /**
     * Brings all branches, and what they are made of, into {@link Mirror#remoteHeads()}.
     *
     * @return why it could not be done; then what was fetched before stands
     */
    Optional<Trouble> fetch(Remote remote, Mirror mirror);

    /**
     * Tells something on commits there; what others told stays.
     *
     * @param edits by the commit: from what is told on it now, empty for nothing, to what is to be told. May be asked several times
     */
    Posting note(Remote remote, Mirror mirror, Map<CommitSha, UnaryOperator<String>> edits);

    /**
     * Brings the head of a pull request from a fork, and what it is made of, into {@link dev.plumbline.git.RemoteHeads#forks}.
     *
     * @return why it could not be done
     */
    Optional<Trouble> fetchFork(Remote remote, Mirror mirror, long pull);

    /** Makes a branch there; refused where one of that name points elsewhere. */
    Posting branch(Remote remote, Mirror mirror, CommitSha commit, String branch);
}
