package dev.plumbline.forge;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.git.Mirror;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the commits that GitLab's merge trains make: what the default branch would be once a merge request, and those before it,
 * are merged. GitLab tells nobody of them but the pipeline that it runs there, so they are fetched when that asks.
 */
public final class Trains {
    private final PlainGit git;

    /**
     * @param forges by their names, those that have pull requests
     * @param scratch a folder of this server's own, in which credentials stand while git is called
     * @param environment the server's own
     */
    public Trains(
            ServerConfig config,
            Map<String, PullForge> forges,
            Path scratch,
            Map<String, String> environment,
            Clock clock) {
        this.git = new PlainGit(
                new GitProgram(scratch, environment, config.push().maxSize().bytes()), new GitLogins(forges), clock);
    }

    /**
     * Brings what the train makes of a pull request into the mirror, where no ref of ours keeps it; does nothing where the forge has
     * no trains. Takes at most a minute.
     *
     * @return why it could not be done; {@link Trouble.Kind#GONE} where it rides on no train
     */
    public Optional<Trouble> fetch(Remote remote, Mirror mirror, long pull) {
        return remote.forge().kind().trainOf(pull).flatMap(ref -> git.fetchObjects(remote, mirror, ref));
    }
}
