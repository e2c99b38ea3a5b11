package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;

import dev.plumbline.MovedClock;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgitlab.Level;
import dev.plumbline.localgitlab.LocalGitLab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A merge request of a local GitLab, and the client that is tried on it. */
abstract class GitLabBench {
    static final String INFRA = "/projects/team%2Finfra";

    final MovedClock time = new MovedClock();
    LocalGitLab gitlab;
    LocalPerson ada;
    LocalPerson bob;
    GitClient checkout;
    PullForge forge;
    Remote remote;
    CommitSha head;
    long pull;

    @BeforeEach
    void begin(@TempDir Path folder) {
        gitlab = LocalGitLab.started(folder.resolve("gitlab"), time);
        ada = gitlab.person("ada");
        bob = gitlab.person("bob");
        gitlab.project(ForgeGround.REPOSITORY);
        gitlab.level(ForgeGround.REPOSITORY, "ada", Level.MAINTAINER);
        gitlab.level(ForgeGround.REPOSITORY, "bob", Level.DEVELOPER);
        checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# 1\n").commit("First");
        push("main");
        head = checkout.write("main.tf", "# 2\n").commit("Second");
        push("wider");
        pull = opened("wider");
        forge = as(Level.MAINTAINER, "api");
        remote = Spoken.remote(entry("t"), ForgeGround.REPOSITORY);
    }

    @AfterEach
    void end() {
        gitlab.close();
    }

    final void push(String branch) {
        checkout.run("push", "-q", "-f", ada.remote(ForgeGround.REPOSITORY), "HEAD:refs/heads/" + branch);
    }

    final long opened(String branch) {
        return ada.does(
                        "POST",
                        INFRA + "/merge_requests",
                        Map.of("source_branch", branch, "target_branch", "main", "title", "Wider"))
                .path("iid")
                .asLong();
    }

    final String entry(String token) {
        return "{ name: work, kind: gitlab, url: \"" + gitlab.url() + "\", token: \"" + token + "\" }";
    }

    final PullForge with(LocalPerson who) {
        return Spoken.forge(entry(who.token()), time, new Budgets());
    }

    final PullForge as(Level level, String scope) {
        return with(gitlab.projectToken(ForgeGround.REPOSITORY, level, Set.of(scope), Instant.MAX));
    }

    static CommitStatus status(CommitSha commit, CommitStatus.State state) {
        return new CommitStatus(commit, "plumbline/plan", state, "so", "");
    }

    final JsonNode statuses(CommitSha commit) {
        return ada.get(INFRA + "/repository/commits/" + commit.hex() + "/statuses");
    }

    final PullRequest request() {
        return given(forge.find(remote, pull)).orElseThrow().pull();
    }
}
