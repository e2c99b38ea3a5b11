package dev.plumbline.forge;

import java.util.List;
import java.util.Set;

/** Who may do what on a forge, as it says itself at the moment of asking. */
public interface People {

    /** What somebody may do in a repository. */
    Answer<Permission> permission(Remote remote, String login);

    /**
     * Whether somebody belongs to a team.
     *
     * @param team as CODEOWNERS names it, without the at sign: {@code org/team}, on GitLab a group's path
     */
    Answer<Boolean> inTeam(Remote remote, String team, String login);

    /**
     * Everybody who had a hand in a pull request, by login: its author, its commits' authors and committers, and who pushed to its
     * branch. An author whom the forge knows by no login stands there by the name or address in the commit.
     */
    Answer<Set<String>> hands(Remote remote, PullRequest pull);

    /** The newest review of each person. */
    Answer<List<Review>> reviews(Remote remote, PullRequest pull);

    /** How much somebody may do; each level includes those before it. */
    enum Permission {
        NONE,
        READ,
        WRITE,
        ADMIN
    }
}
