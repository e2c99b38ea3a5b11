package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.secret.TerminalText;
import java.util.Optional;

/**
 * Which branch of a remote is applied.
 *
 * @param branch its name
 * @param moves whether another one was until now
 * @param attention what a person should know of it
 */
record Trunk(String branch, boolean moves, Optional<Trouble> attention) {

    /**
     * What server.yaml names, else the forge's default branch. Once stacks were applied from one branch, another is only followed
     * where server.yaml says so or where the old one was renamed: a default branch is changed in a moment, and not by everybody who
     * may apply.
     */
    static Trunk of(Remote remote, Mirror mirror, Look.Seen seen) {
        String now = mirror.mainBranch();
        Optional<CommitSha> applied = mirror.main();
        String wanted = remote.branch().or(seen::defaultBranch).orElse(now);
        boolean other = !wanted.equals(now);
        boolean there = seen.heads().containsKey(wanted);
        if (!other || applied.isEmpty()) {
            return new Trunk(
                    wanted, other, there || seen.heads().isEmpty() ? Optional.empty() : missing(remote, wanted));
        }
        if (remote.branch().isPresent()) {
            return there ? new Trunk(wanted, true, Optional.empty()) : new Trunk(now, false, missing(remote, wanted));
        }
        boolean renamed = !seen.heads().containsKey(now)
                && applied.get().hex().equals(seen.heads().get(wanted));
        if (renamed) {
            return new Trunk(wanted, true, Optional.empty());
        }
        return new Trunk(
                now,
                false,
                Optional.of(new Trouble(
                        Kind.GONE,
                        TerminalText.safeLine(
                                "the default branch of " + remote.shown() + " is now " + wanted + ", and " + now
                                        + " is what is applied; to follow, say branch: " + wanted + " for "
                                        + remote.repository()
                                        + " in server.yaml, else branch: " + now))));
    }

    private static Optional<Trouble> missing(Remote remote, String branch) {
        return Optional.of(
                new Trouble(
                        Kind.GONE,
                        TerminalText.safeLine(
                                remote.shown() + " has no branch " + branch
                                        + ", which is what is applied: nothing is, until it is there or server.yaml names another (branch: …)")));
    }
}
