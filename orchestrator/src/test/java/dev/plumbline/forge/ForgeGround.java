package dev.plumbline.forge;

import dev.plumbline.forge.People.Permission;
import java.util.List;
import java.util.Map;

/**
 * A real or local forge with one repository, {@code team/infra}, and what people do there. Of the people {@code ada} administrates
 * the repository, {@code bob} writes to it, {@code eve} reads it, and {@code kim} has no business there.
 */
public interface ForgeGround extends AutoCloseable {
    String REPOSITORY = "team/infra";

    /** The entry of server.yaml's {@code forges}, named {@code work}, with the server's own credentials. */
    String entry();

    /** The same with credentials that nobody knows. */
    String strangersEntry();

    /** The login under which the server itself writes. */
    String self();

    /** Where somebody pushes to. */
    String remote(String person, String repository);

    void role(String person, Permission permission);

    /** @param team a new or known one of the organisation {@code team} */
    void joins(String team, String person);

    /** Copies the repository to somebody's own account; gives its path. */
    String forks(String person);

    /** @param head a branch that was pushed, of a fork with its owner before it */
    long opens(String person, String head, String title, boolean draft);

    void labels(long pull, String label);

    void closes(long pull);

    /** Merges by a merge commit, as soon as the forge lets anybody. */
    void merges(String person, long pull);

    /** Merges by one commit of the base's own. */
    void squashes(String person, long pull);

    /** What the forge's webhooks and whoever takes them both know. */
    default String secret() {
        return "known-to-the-forge-5513";
    }

    /** From now on it says at an address what happens in the repository, so that nobody but who knows the secret can have said it. */
    void tells(String url);

    /** Gives the comment's id. */
    long says(String person, long pull, String text);

    void saysInstead(String person, long comment, String text);

    void deletes(long comment);

    void reviews(String person, long pull, boolean approves);

    /** Whether the forge keeps which commit a review was given at. */
    default boolean keepsWhatWasReviewed() {
        return true;
    }

    List<String> texts(long pull);

    List<String> reactions(long comment);

    /** The newest state by context. */
    Map<String, String> statuses(String commit);

    /** What the forge noticed of itself or of its callers that is not as its maker describes it, since this was asked last. */
    default List<String> faults() {
        return List.of();
    }

    /** Waits for whatever the forge does in the background after a push. */
    default void settle() {}

    @Override
    void close();
}
