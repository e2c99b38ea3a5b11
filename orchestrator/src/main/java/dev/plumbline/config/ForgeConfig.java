package dev.plumbline.config;

import java.time.Duration;
import java.util.Optional;

/**
 * A place where repositories live, one entry of {@code forges}. {@link #toString} leaves the secrets out.
 *
 * @param name how {@code repositories} and messages name it
 * @param kind what it speaks
 * @param url below which its repositories are: http, https, ssh, file, {@code user@host:folder} or an absolute path
 * @param username with the password or token; without it, {@code git}
 * @param password for http and https
 * @param token for http and https, given as the password
 * @param app a GitHub App, in place of a token
 * @param webhookSecret with which the forge signs what it sends to {@code /webhooks/NAME}; without it nothing is taken
 * @param sshKey the private key itself, not its file's name; without it, the keys of the server's user are tried
 * @param knownHosts the host keys to trust, in OpenSSH's format; without it, those that the server's user trusts
 * @param poll how long at most until a movement there is seen
 * @param notes whether plans are pushed back as Git notes
 * @param command the word with which commands in comments begin
 */
public record ForgeConfig(
        String name,
        Kind kind,
        String url,
        Optional<String> username,
        Optional<String> password,
        Optional<String> token,
        App app,
        Optional<String> webhookSecret,
        Optional<String> sshKey,
        Optional<String> knownHosts,
        Duration poll,
        boolean notes,
        String command) {

    /** The word that commands begin with unless another one was chosen. */
    public static final String USUAL_COMMAND = "plumbline";

    static final ForgeConfig DEFAULT = new ForgeConfig(
            "",
            Kind.GIT,
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            App.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(60),
            true,
            USUAL_COMMAND);

    /** What a forge speaks. */
    public enum Kind {
        /** Git alone: any server, and no API. */
        GIT,
        /** Gitea and Forgejo: pull requests, comments and statuses. */
        GITEA,
        /** GitHub and GitHub Enterprise Server: pull requests, comments, statuses, and checks with an App. */
        GITHUB,
        /** GitLab, gitlab.com or self-managed: merge requests, notes and statuses. */
        GITLAB;

        /** Whether changes are pull requests there; else every branch is one. */
        public boolean pulls() {
            return this != GIT;
        }

        /** The ref by which Git gets a pull request's head there, also from a fork. */
        public String headOf(long pull) {
            return (this == GITLAB ? "refs/merge-requests/" : "refs/pull/") + pull + "/head";
        }

        /** The ref of the commit that a train would make of a pull request; empty where there are no trains. */
        public Optional<String> trainOf(long pull) {
            return this == GITLAB ? Optional.of("refs/merge-requests/" + pull + "/train") : Optional.empty();
        }

        /**
         * Whether somebody's review always moves the time at which a pull request was updated last. GitLab moves it at most once a
         * minute.
         */
        public boolean reviewsShow() {
            return this != GITLAB;
        }

        /** Whether it may merge by a queue that makes branches. */
        public boolean queues() {
            return this == GITHUB;
        }

        /** How many characters a comment may have there. */
        public int longestComment() {
            return this == GITLAB ? 1_000_000 : 65_536;
        }
    }

    /**
     * A GitHub App, as which the server calls.
     *
     * @param id the App's, a number
     * @param privateKey one of its keys in PEM, not its file's name
     */
    public record App(Optional<Long> id, Optional<String> privateKey) {
        static final App NONE = new App(Optional.empty(), Optional.empty());

        /** Whether there is one. */
        public boolean given() {
            return id.isPresent() || privateKey.isPresent();
        }

        @Override
        public String toString() {
            return "App[" + id.map(String::valueOf).orElse("") + "]";
        }
    }

    /** How its addresses are reached. */
    public enum Transport {
        HTTP,
        SSH,
        /** A folder on this machine. */
        PATH
    }

    /** Whether and how Git reaches addresses below the {@link #url}. */
    public Transport transport() {
        if (url.matches("(?i)https?://.*")) {
            return Transport.HTTP;
        }
        return url.startsWith("/") || url.matches("(?i)file://.*") ? Transport.PATH : Transport.SSH;
    }

    /** Whether what becomes of commits is told there. */
    public boolean told() {
        return kind.pulls() || notes;
    }

    @Override
    public String toString() {
        return "ForgeConfig[" + name + ", " + kind + ", " + url + "]";
    }
}
