package dev.plumbline.web;

import dev.plumbline.access.Principal;
import java.util.List;
import java.util.Optional;

/**
 * What people do with the states of stacks. What changes one is queued like all other work of its stack, and ends as any run
 * does. A stack that has no such thing, or is not there, is a {@link NoSuchSubjectException}.
 */
public interface StateOperations {

    /** The addresses of all that is in the state. */
    List<String> addresses(String stack, Principal by);

    /** What the state says, secrets masked. */
    Views.State show(String stack, Optional<String> address, Principal by);

    /**
     * The versions of a managed state, newest first.
     *
     * @param most at most so many
     */
    List<Views.StateVersion> versions(String stack, int most, Principal by);

    /**
     * The state as it is, in clear.
     *
     * @param errored the one that the last apply could not save
     */
    byte[] pull(String stack, boolean errored, Principal by);

    /**
     * Brings a state in.
     *
     * @param content what to bring in; empty for the one that the last apply could not save
     * @param force whether another lineage or a lower serial is taken, too
     */
    Views.Acted push(String stack, Optional<byte[]> content, boolean force, Principal by);

    /** Moves, removes, rolls back or migrates. */
    Views.Acted change(Views.StateAction action, Views.StateAsk ask, Principal by);
}
