package dev.plumbline.forge;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Brings commits of ours to where people review them: a branch on the forge, and a pull request where it has those. */
public final class Proposals {
    private final Forge git;
    private final Map<String, PullForge> forges;

    /**
     * @param forges by their names, those that have pull requests
     * @param scratch a folder of this server's own, in which credentials stand while git is called
     * @param environment the server's own
     */
    public Proposals(
            ServerConfig config,
            Map<String, PullForge> forges,
            Path scratch,
            Map<String, String> environment,
            Clock clock) {
        this.git = new PlainGit(
                new GitProgram(scratch, environment, config.push().maxSize().bytes()), new GitLogins(forges), clock);
        this.forges = Map.copyOf(forges);
    }

    /**
     * Pushes a commit as a new branch and asks for it to be merged. Where an earlier try pushed the branch already, that is what is
     * asked for: people see what is in it before they merge.
     *
     * @param mirror holds the commit
     * @param base the branch that it is to be merged into
     * @return the pull request; empty where that forge has none
     */
    public Answer<Optional<PullRequest>> open(
            Remote remote, Mirror mirror, CommitSha commit, String branch, String base, String title, String markdown) {
        Optional<PullForge> forge =
                Optional.ofNullable(forges.get(remote.forge().name()));
        Posting posting = git.branch(remote, mirror, commit, branch);
        if (posting instanceof Posting.Failed failed) {
            return new Answer.Failed<>(failed.trouble());
        }
        if (posting instanceof Posting.Refused refused
                && forge.filter(known -> isThere(remote, branch, known)).isEmpty()) {
            return new Answer.Failed<>(refused.trouble());
        }
        return forge.map(known -> asked(remote, branch, base, title, markdown, known)
                        .<Optional<PullRequest>>then(opened -> new Answer.Given<>(Optional.of(opened))))
                .orElse(new Answer.Given<>(Optional.empty()));
    }

    private static boolean isThere(Remote remote, String branch, PullForge forge) {
        return forge.tip(remote, branch) instanceof Answer.Given<Optional<CommitSha>> tip
                && tip.value().isPresent();
    }

    private static Answer<PullRequest> asked(
            Remote remote, String branch, String base, String title, String markdown, PullForge forge) {
        return forge.open(remote)
                .then(open -> open.stream()
                        .filter(pull -> !pull.foreign() && pull.branch().equals(branch))
                        .findFirst()
                        .<Answer<PullRequest>>map(Answer.Given::new)
                        .orElseGet(() -> forge.propose(remote, branch, base, title, markdown)));
    }
}
