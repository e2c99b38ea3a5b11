package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitLabGround;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The story, on a GitLab with a token of the project, and webhooks that are signed. */
class GitLabStoryIT extends PullStory {
    @Override
    ForgeGround ground(Path folder) {
        return new GitLabGround(folder);
    }

    @Test
    void each_apply_is_recorded_in_the_environment_of_its_stack() {
        try (StorySite site = site("1s").applied()) {
            GitLabGround gitlab = (GitLabGround) site.ground();
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            gitlab.merges("ada", pull);
            site.awaitsComment(pull, "Plumbline: applied");
            String main = site.main();

            Awaitility.await("the deployment")
                    .until(() -> gitlab.deployments("stacks/network"), all -> all.contains(main + " success"));
        }
    }

    @Test
    void it_is_applied_before_the_merge_though_nothing_is_merged_before_its_pipeline_passed() {
        try (StorySite site = site("1s")) {
            GitLabGround gitlab = (GitLabGround) site.ground();
            gitlab.needsPipeline();
            site.repo().write("plumbline.yaml", "apply: before_merge\n");
            site.applied();
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "plumbline apply");
            site.awaitsStatus(site.repo().head(), "plumbline/apply", "pending");

            long asked = gitlab.says("ada", pull, "plumbline apply");

            site.awaitsComment(pull, "Plumbline: applied");
            site.awaitsReaction(asked, "+1");
            site.awaitsStatus(site.repo().head(), "plumbline/apply", "success");
            assertThat(site.main()).isNotEqualTo(site.repo().head());
        }
    }

    @Test
    void an_approval_that_was_there_before_the_plans_does_not_count() {
        try (StorySite site = site("1s")) {
            site.repo().write("plumbline.yaml", "approvals: 1\n");
            site.applied();
            site.plumbline().stop();
            long pull = site.opened("wider", "10.1");
            site.ground().reviews("bob", pull, true);
            site.plumbline().start();
            site.awaitsComment(pull, "1 stack planned");

            site.ground().merges("ada", pull);

            site.awaitsComment(pull, "Plumbline: waiting for approval");
            assertThat(site.comment(pull)).contains("0 of 1 approvals");
        }
    }
}
