package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgitlab.Level;
import dev.plumbline.localgitlab.LocalGitLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code plumbline forge check} against a GitLab, beside a server that runs. */
class GitLabCheckIT {
    private static final String PROJECT = "team/infra";
    private static final String AT = "/projects/team%2Finfra/hooks";
    private static final String SECRET = "known-to-gitlab-3306";

    @TempDir
    private Path folder;

    private LocalGitLab gitlab;
    private LocalPerson ada;

    @BeforeEach
    void begin() {
        gitlab = LocalGitLab.started(folder.resolve("gitlab"));
        ada = gitlab.person("ada");
        gitlab.project(PROJECT);
        gitlab.level(PROJECT, "ada", Level.MAINTAINER);
    }

    @AfterEach
    void end() {
        gitlab.close();
    }

    @Test
    void a_token_that_may_do_everything_passes_and_its_webhook_is_made_and_tried_once_there_is_a_commit() {
        try (ServerFixture plumbline = serving(token(Level.MAINTAINER, "api"), SECRET)) {
            CheckDesk desk = new CheckDesk(plumbline);

            assertThat(desk.checked(1)).containsOnlyOnce("missing").contains("there is none that sends to");
            assertThat(desk.checked(0, "--fix"))
                    .contains("it was made, and sends to " + desk.target(), "none from a project without commits");
            pushed();
            assertThat(desk.checked(0)).contains("it arrived").doesNotContain("warning");
            assertThat(hooks()).hasSize(1);
        }
    }

    @Test
    void a_secret_that_signs_is_given_as_one() {
        pushed();
        String signing = "whsec_"
                + Base64.getEncoder().encodeToString("twenty-four bytes of key".getBytes(StandardCharsets.US_ASCII));
        try (ServerFixture plumbline = serving(token(Level.MAINTAINER, "api"), signing)) {
            CheckDesk desk = new CheckDesk(plumbline);
            hook(desk.target(), Map.of("token", SECRET, "merge_requests_events", true, "note_events", true));

            assertThat(desk.checked(1)).contains("it has no signing_token", "--fix");
            assertThat(desk.checked(0, "--fix")).contains("that was put right", "it arrived");
        }
    }

    @Test
    void a_webhook_with_another_secret_or_too_few_events_is_put_right() {
        pushed();
        try (ServerFixture plumbline = serving(token(Level.MAINTAINER, "api"), SECRET)) {
            CheckDesk desk = new CheckDesk(plumbline);
            hook(desk.target(), Map.of("token", "another", "merge_requests_events", true, "note_events", true));

            assertThat(desk.checked(1)).contains("signed with another secret");
            assertThat(desk.checked(0, "--fix")).contains("webhook_secret: that was put right", "it arrived");

            ada.does("PUT", AT + "/" + hooks().get(0).path("id").asLong(), Map.of("token", "another again"));
            for (int refusals = 0; refusals < 4; refusals++) {
                desk.checked(1);
            }
            assertThat(desk.checked(1)).contains("it was switched off by GitLab, after deliveries that failed");
            assertThat(desk.checked(0, "--fix")).contains("that was put right", "it arrived");
            assertThat(desk.checked(0)).doesNotContain("switched off");
        }
    }

    @Test
    void a_token_without_the_scope_and_a_user_who_is_no_maintainer_are_told_what_does_not_work() {
        try (ServerFixture plumbline = serving(token(Level.MAINTAINER, "read_api", "read_repository"), SECRET)) {
            assertThat(new CheckDesk(plumbline).checked(1))
                    .contains("the token lacks the scope api: plans can't be told", "Access tokens");
        }
        try (ServerFixture plumbline = serving(token(Level.DEVELOPER, "api"), SECRET)) {
            assertThat(new CheckDesk(plumbline).checked(1))
                    .contains("it may set them", "the token's user is no Maintainer", "Protected branches")
                    .containsPattern("missing +webhook ");
        }
        try (ServerFixture plumbline = serving(token(Level.REPORTER, "api"), SECRET)) {
            assertThat(new CheckDesk(plumbline).checked(1))
                    .contains("less than a Developer in the project: commits get no statuses");
        }
        try (ServerFixture plumbline = serving("glpat-guessed", SECRET)) {
            assertThat(new CheckDesk(plumbline).checked(1))
                    .contains("refuses the token; correct token of the forge work in server.yaml")
                    .doesNotContain("webhook");
        }
    }

    @Test
    void a_gitlab_that_may_not_send_there_is_found_out_and_its_setting_named() {
        gitlab.forbidsLocalHooks();
        try (ServerFixture plumbline = serving(token(Level.MAINTAINER, "api"), SECRET)) {
            assertThat(new CheckDesk(plumbline).checked(1, "--fix"))
                    .contains("Allow requests to the local network from webhooks and integrations");
        }
    }

    private String token(Level level, String... scopes) {
        return gitlab.projectToken(PROJECT, level, Set.of(scopes), Instant.MAX).token();
    }

    private void pushed() {
        new Repo(GitClient.init(folder.resolve("checkout")), () -> ada.remote(PROJECT))
                .stack("stacks/network", "10.0")
                .commit("First")
                .push("main");
    }

    private void hook(String url, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("url", url);
        ada.does("POST", AT, all);
    }

    private List<JsonNode> hooks() {
        return ada.get(AT).valueStream().toList();
    }

    private ServerFixture serving(String token, String secret) {
        return ServerFixture.started(folder, """
                forges:
                  - { name: work, kind: gitlab, url: "%s", token: %s, webhook_secret: %s, poll: 1h }
                repositories: [{ forge: work, name: %s }]
                """.formatted(gitlab.url(), token, secret, PROJECT));
    }
}
