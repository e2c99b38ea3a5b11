package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The story, on a GitHub with a token of a user of the server's own. */
class GitHubTokenStoryIT extends PullStory {
    @Override
    ForgeGround ground(Path folder) {
        return GitHubGround.withToken(folder);
    }

    @Test
    void nothing_is_applied_before_the_merge_of_a_branch_that_github_wants_brought_up_to_date_first() {
        try (StorySite site = site("1s")) {
            GitHubGround hub = (GitHubGround) site.ground();
            hub.github().requireUpToDate("team/infra");
            site.repo().write("plumbline.yaml", "apply: before_merge\n");
            site.applied();
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "plumbline apply");
            site.repo()
                    .checkout("main")
                    .write("README.md", "Ours")
                    .commit("Words")
                    .push("main");
            site.awaitsComment(pull, " on <code>" + site.repo().head().substring(0, 8));
            site.read();

            long asked = hub.says("ada", pull, "plumbline apply");

            site.awaitsReaction(asked, "-1");
            assertThat(site.awaitsAnswer(pull, "be merged"))
                    .contains("its branch lacks commits that the base branch has");
            assertThat(site.plumbline().runs("apply")).hasSize(1);
        }
    }
}
