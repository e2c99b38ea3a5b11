package dev.plumbline.forge;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Asks a remote once, as the server would, and changes nothing. */
public final class RemoteProbe {
    private final PlainGit git;

    /**
     * @param scratch a folder of one's own, in which credentials stand while git is called
     * @param environment the caller's own
     * @param forges speak with those forges that have pull requests, by name
     */
    public RemoteProbe(Path scratch, Map<String, String> environment, Map<String, PullForge> forges, Clock clock) {
        // Nothing is fetched, so nothing large is written.
        this.git = new PlainGit(new GitProgram(scratch, environment, 1 << 20), new GitLogins(forges), clock);
    }

    /** Which branches it has, or why it can't be read; takes at most a minute. */
    public Look look(Remote remote) {
        return git.look(remote);
    }
}
