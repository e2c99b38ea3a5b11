package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Subject;
import java.util.Optional;

/** Knows what is to be told of a change or a merge. */
public interface NoteText {

    /**
     * What stands on a commit, as Markdown, ending in trailers; secrets masked, control characters removed.
     *
     * @return empty where there is nothing to tell yet; then it comes about again
     */
    Optional<String> of(Subject about, CommitSha on);
}
