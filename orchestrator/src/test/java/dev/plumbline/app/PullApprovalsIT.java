package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Approvals of pull requests, on a real Gitea, where plumbline.yaml asks for one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PullApprovalsIT {
    private RealGitea gitea;
    private RealGitea.Person ada;
    private RealGitea.Person grace;

    @BeforeAll
    void begin(@TempDir Path folder) {
        gitea = RealGitea.started(folder);
        ada = gitea.person("ada");
        grace = gitea.person("grace");
    }

    @AfterAll
    void end() {
        gitea.close();
    }

    @Test
    void what_was_approved_on_the_pull_request_is_applied_once_it_is_merged(@TempDir Path folder) {
        GiteaSite site = site(folder, "approved");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            long approved = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");
            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(plumbline.history()).anyMatch(line -> line.contains("grace") && line.contains("approve"));
        }
    }

    @Test
    void an_approval_is_void_once_the_head_moves_and_then_the_merge_waits(@TempDir Path folder) {
        GiteaSite site = site(folder, "moved");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            long approved = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");

            site.repo().stack("stacks/network", "10.2").commit("Wider still").push("wider");
            site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: waiting for approval");
            assertThat(site.comment(pull)).contains("0 of 1 approvals");
            site.says(grace, pull, "plumbline approve");
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void an_approval_may_name_the_digest_of_the_plans_and_another_one_is_refused(@TempDir Path folder) {
        GiteaSite site = site(folder, "named");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            String digest = site.comment(pull).replaceAll("(?s).*\"digest\":\"([0-9a-f]{12}).*", "$1");

            long wrong = site.says(grace, pull, "plumbline approve 0123456789ab");
            site.awaitsReaction(wrong, "-1");
            long right = site.says(grace, pull, "plumbline approve " + digest);

            site.awaitsReaction(right, "+1");
        }
    }

    private GiteaSite site(Path folder, String name) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, name);
        ada.does("PUT", site.at("collaborators/grace"), Map.of("permission", "write"));
        return site;
    }

    /** Main's first commit, which asks for one approval from then on, is applied. */
    private static void applied(GiteaSite site, ServerFixture plumbline) {
        site.repo().write("plumbline.yaml", "approvals: 1\n");
        site.applied(plumbline);
    }
}
