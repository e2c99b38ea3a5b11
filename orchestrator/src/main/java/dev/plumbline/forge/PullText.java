package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Subject;
import java.util.List;
import java.util.Optional;

/** Knows what pull requests are told. */
public interface PullText {

    /**
     * What is told on the pull request of a change.
     *
     * @param markdown secrets masked, and nothing in it mentions people or breaks out of where it stands
     * @param report whether its reader may merge for what it shows, see {@link Delivery.Parcel#report}
     * @param diagnosis what was found in its code; empty until that is known
     * @param shown what whoever reads it can approve; empty where there is nothing to approve
     */
    record Post(
            String markdown,
            List<CommitStatus> statuses,
            boolean report,
            Optional<Diagnosis> diagnosis,
            Optional<Shown> shown) {
        public Post {
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * What a comment shows.
     *
     * @param digest of all plans in it, in 64 hexadecimal digits; after a merge a line {@code FOLDER DIGEST} for each plan that awaits
     *     approval
     */
    record Shown(CommitSha head, String digest) {
        /** So many digits of the digest as stand in the comment. */
        public String abbreviated() {
            return digest.substring(0, 12);
        }
    }

    /**
     * The comment of a change as it stands now; empty where nobody knows the change.
     *
     * @param longest in characters
     */
    Optional<Post> of(long change, int longest);

    /** What is said of a movement of main beside the commit that it moved to; the overall status first. */
    List<CommitStatus> of(Subject merge, CommitSha commit);

    /** What of a movement of main was applied by now, or failed to be. */
    List<Deployment> deployments(Subject merge, CommitSha commit);
}
