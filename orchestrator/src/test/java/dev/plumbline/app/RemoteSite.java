package dev.plumbline.app;

import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A bare repository outside of Plumbline, and a user's checkout that pushes to it. */
final class RemoteSite {
    private final Path bare;
    private final GitClient admin;

    private RemoteSite(Path bare, GitClient admin) {
        this.bare = bare;
        this.admin = admin;
    }

    /** @param branch what it calls its default branch */
    static RemoteSite made(Path bare, String branch) {
        GitClient admin = GitClient.init(bare.resolveSibling("admin-" + bare.getFileName()));
        admin.run("init", "-q", "--bare", "-b", branch, bare.toString());
        return new RemoteSite(bare, admin);
    }

    Path bare() {
        return bare;
    }

    /** A checkout whose remote it is. */
    Repo checkout(String name) {
        Path folder = bare.resolveSibling(name);
        admin.run("clone", "-q", bare.toString(), folder.toString());
        GitClient git = new GitClient(folder);
        return new Repo(git, bare::toString);
    }

    /** Runs git in the bare repository itself. */
    String git(String... words) {
        return new GitClient(bare).run(words);
    }

    /** What stands on a commit as Plumbline's note; Git's complaint where nothing does. */
    String note(String commit) {
        return new GitClient(bare)
                .tryRun("notes", "--ref=plumbline", "show", commit)
                .output();
    }

    RemoteSite awaitsNote(String commit, String text) {
        Awaitility.await("a note on " + commit + " says " + text)
                .atMost(Duration.ofSeconds(60))
                .until(() -> note(commit), note -> note.contains(text));
        return this;
    }
}
