package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comment of ours on a pull request, edited in place.
 *
 * @param known the forge's id of it; null where none is known. Then it is looked for by its marker, so that a crash between writing
 *     it and writing its id down makes no second one
 * @param marker with which its text begins
 */
record OwnComment(
        PullForge forge, Remote remote, long pull, @Nullable Long known, String marker) {

    /** Lets it say that, and nothing else. */
    Answer<PullForge.Written> says(String markdown) {
        return known == null ? found(markdown) : edited(known, markdown);
    }

    private Answer<PullForge.Written> found(String markdown) {
        return forge.findComment(remote, pull, marker).then(own -> settled(own, markdown));
    }

    private Answer<PullForge.Written> edited(long id, String markdown) {
        Answer<Optional<PullForge.Written>> edited = forge.edit(remote, pull, id, markdown);
        if (edited instanceof Answer.Failed<Optional<PullForge.Written>> failed) {
            // Some forges let only its author edit it, and that was the user of a token before ours.
            return failed.trouble().kind() == Kind.CREDENTIALS
                    ? others(id, failed.trouble(), markdown)
                    : new Answer.Failed<>(failed.trouble());
        }
        return ((Answer.Given<Optional<PullForge.Written>>) edited)
                .value()
                .<Answer<PullForge.Written>>map(Answer.Given::new)
                // Somebody deleted it; another one may have been written since.
                .orElseGet(() -> found(markdown));
    }

    private Answer<PullForge.Written> others(long id, Trouble trouble, String markdown) {
        return forge.findComment(remote, pull, marker)
                .then(own -> own.equals(Optional.of(id)) ? new Answer.Failed<>(trouble) : settled(own, markdown));
    }

    /** @param own where ours is, so far as the forge finds it */
    private Answer<PullForge.Written> settled(Optional<Long> own, String markdown) {
        Answer<Optional<PullForge.Written>> edited =
                own.isEmpty() ? new Answer.Given<>(Optional.empty()) : forge.edit(remote, pull, own.get(), markdown);
        return edited.then(there -> there.<Answer<PullForge.Written>>map(Answer.Given::new)
                .orElseGet(() -> forge.comment(remote, pull, markdown)));
    }
}
