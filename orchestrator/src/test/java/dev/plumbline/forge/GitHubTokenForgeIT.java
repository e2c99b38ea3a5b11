package dev.plumbline.forge;

import dev.plumbline.forge.People.Permission;
import dev.plumbline.localgithub.LocalGitHub;
import java.nio.file.Path;

/** The contract, on a GitHub with a token of a user of the server's own. */
class GitHubTokenForgeIT extends PullForgeContract {
    @Override
    ForgeGround ground(Path folder) {
        LocalGitHub github = LocalGitHub.started(folder);
        String token = github.person("plumbline-ci").token();
        GitHubGround ground = new GitHubGround(github) {
            @Override
            public String entry() {
                return entry("token: " + token);
            }

            @Override
            public String strangersEntry() {
                return entry("token: guessed");
            }

            @Override
            public String self() {
                return "plumbline-ci";
            }
        };
        ground.role("plumbline-ci", Permission.WRITE);
        return ground;
    }
}
