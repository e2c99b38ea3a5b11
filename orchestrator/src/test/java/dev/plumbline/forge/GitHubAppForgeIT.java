package dev.plumbline.forge;

import dev.plumbline.localgithub.LocalGitHub;
import java.nio.file.Path;
import java.util.Map;

/** The contract, on a GitHub as an App that is installed there. */
class GitHubAppForgeIT extends PullForgeContract {
    @Override
    ForgeGround ground(Path folder) {
        LocalGitHub github = LocalGitHub.started(folder);
        LocalGitHub.LocalApp app = github.app("plumbline", "team", Map.of(), "", "");
        return new GitHubGround(github) {
            @Override
            public String entry() {
                return entry(app(app.id(), app.privateKey()));
            }

            @Override
            public String strangersEntry() {
                return entry(app(app.id(), LocalGitHub.strangersKey()));
            }

            @Override
            public String self() {
                return "plumbline[bot]";
            }
        };
    }

    private static String app(long id, String key) {
        return "app: { id: " + id + ", private_key: \"" + key.replace("\n", "\\n") + "\" }";
    }
}
