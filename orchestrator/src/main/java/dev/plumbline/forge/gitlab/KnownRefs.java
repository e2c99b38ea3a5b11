package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.git.CommitSha;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * On which ref commits were last seen. GitLab keeps a status in a pipeline, and a pipeline belongs to a ref: where none is named, it
 * takes the first branch by name that has the commit in it, and a merge request shows, and waits for, that of its own branch only.
 * What is forgotten at a restart is seen again with the next look.
 */
final class KnownRefs {
    private static final int MOST = 2_000;

    private record Place(String repository, CommitSha commit) {}

    private final Map<Place, String> refs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > MOST;
        }
    };

    /** A fork's branch is none of the project's, but GitLab keeps its head there. */
    synchronized void saw(Remote remote, PullRequest pull) {
        String ref = pull.foreign() ? remote.forge().kind().headOf(pull.number()) : pull.branch();
        refs.put(new Place(remote.repository(), pull.head()), ref);
    }

    synchronized void saw(Remote remote, PullDetail detail) {
        saw(remote, detail.pull());
        detail.mergedAs()
                .ifPresent(merged -> refs.put(
                        new Place(remote.repository(), merged), detail.pull().base()));
    }

    synchronized Optional<String> of(Remote remote, CommitSha commit) {
        return Optional.ofNullable(refs.get(new Place(remote.repository(), commit)));
    }
}
