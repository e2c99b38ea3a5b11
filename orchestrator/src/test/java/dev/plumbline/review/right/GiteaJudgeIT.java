package dev.plumbline.review.right;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.Rights.Act;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.People;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.gitea.GiteaForge;
import dev.plumbline.git.GitClient;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.run.Catalogs;
import dev.plumbline.stack.StackCatalogReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what on a real Gitea: one organisation with a team, one repository with a rule and owners, and one pull request that
 * several people had a hand in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiteaJudgeIT {
    private static final String REPOSITORY = "platform/infra";

    private RealGitea gitea;
    private Mirrors mirrors;
    private RealGitea.Person ada;
    private RealGitea.Person wim;
    private RealGitea.Person pia;
    private Remote remote;
    private PullRequest pull;
    private Matter matter;

    @BeforeAll
    void begin(@TempDir Path folder) {
        gitea = RealGitea.started(folder.resolve("gitea"));
        ada = gitea.person("ada");
        wim = gitea.person("wim");
        pia = gitea.person("pia");
        List.of("rae", "amy", "zoe", "out").forEach(gitea::person);
        ada.does("POST", "/orgs", Map.of("username", "platform", "visibility", "private"));
        ada.does("POST", "/orgs/platform/repos", Map.of("name", "infra", "default_branch", "main", "private", true));
        team("ops", "zoe", "wim");
        collaborates("rae", "read");
        collaborates("wim", "write");
        collaborates("zoe", "write");
        collaborates("amy", "admin");
        collaborates("pia", "write");
        remote = remote(gitea.adminToken());
        opened(folder.resolve("work"));
        pull = value(forge(gitea.adminToken()).open(remote)).get(0);
        matter = new Matters(new Catalogs(mirrors, new StackCatalogReader(List.of()))).of(remote, pull);
    }

    @AfterAll
    void end() {
        mirrors.close();
        gitea.close();
    }

    private void team(String name, String... members) {
        long id = ada.does(
                        "POST",
                        "/orgs/platform/teams",
                        Map.of("name", name, "permission", "read", "units", List.of("repo.code")))
                .path("id")
                .asLong();
        for (String member : members) {
            ada.does("PUT", "/teams/" + id + "/members/" + member, Map.of());
        }
    }

    private void collaborates(String login, String permission) {
        ada.does("PUT", "/repos/" + REPOSITORY + "/collaborators/" + login, Map.of("permission", permission));
    }

    /** Ada opens what Amy wrote, Zoe committed and Pia pushed last. */
    private void opened(Path folder) {
        GitClient git = GitClient.init(folder);
        git.write("plumbline.yaml", "may: { apply: [\"@platform/ops\"], approve: [write, codeowners] }\n")
                .write("CODEOWNERS", "stacks/.* @platform/ops\n")
                .commit("First");
        git.run("push", "-q", ada.remote(REPOSITORY), "main");
        git.run("checkout", "-q", "-b", "wider");
        git.write("stacks/network/main.tf", "locals {}\n");
        git.with(Map.of("GIT_AUTHOR_EMAIL", "amy@example.com", "GIT_COMMITTER_EMAIL", "zoe@example.com"))
                .commit("Wider");
        git.run("push", "-q", ada.remote(REPOSITORY), "wider");
        Awaitility.await("the branch is there")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> gitea.get("/repos/" + REPOSITORY + "/branches/wider")
                        .path("name")
                        .asString("")
                        .equals("wider"));
        ada.does("POST", "/repos/" + REPOSITORY + "/pulls", Map.of("head", "wider", "base", "main", "title", "Wider"));

        git.write("stacks/network/out.tf", "locals {}\n").commit("Wider still");
        git.run("push", "-q", pia.remote(REPOSITORY), "wider");
        mirrors = new Mirrors(folder.resolveSibling("mirrors"));
        Mirror mirror = mirrors.openOrCreate(REPOSITORY);
        git.sendTo(mirror);
        Awaitility.await("Gitea shows what was pushed")
                .atMost(Duration.ofSeconds(30))
                .until(() -> value(forge(gitea.adminToken()).open(remote)).stream()
                        .anyMatch(open -> open.head().equals(git.head())));
    }

    private Remote remote(String token) {
        ServerConfig config = ConfigReader.server(
                        Path.of("server.yaml"),
                        ("forges: [{ name: work, kind: gitea, url: \"" + gitea.url() + "\", token: " + token + " }]\n"
                                        + "repositories: [{ forge: work, name: " + REPOSITORY + " }]\n")
                                .getBytes(StandardCharsets.UTF_8),
                        Map.of("HOME", "/h"))
                .value();
        return Remotes.of(config).of(REPOSITORY).orElseThrow();
    }

    private GiteaForge forge(String token) {
        return new GiteaForge(remote(token).forge(), Clock.systemUTC());
    }

    private static <T> T value(Answer<T> answer) {
        assertThat(answer.failure()).isEmpty();
        return ((Answer.Given<T>) answer).value();
    }

    private Verdict may(Act act, String login) {
        return new Judge(forge(gitea.adminToken()), List.of()).may(act, login, matter);
    }

    private void allowed(Act act, String login) {
        assertThat(may(act, login)).isInstanceOf(Verdict.Allowed.class);
    }

    private String refused(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).sentence();
    }

    @Test
    void permissions_are_those_that_gitea_gives() {
        People people = forge(gitea.adminToken());

        assertThat(value(people.permission(remote, "rae"))).isEqualTo(Permission.READ);
        assertThat(value(people.permission(remote, "wim"))).isEqualTo(Permission.WRITE);
        assertThat(value(people.permission(remote, "amy"))).isEqualTo(Permission.ADMIN);
        assertThat(value(people.permission(remote, "ada"))).isEqualTo(Permission.ADMIN);
        assertThat(value(people.permission(remote, "out"))).isEqualTo(Permission.NONE);
        assertThat(value(people.permission(remote, "nobody-of-that-name"))).isEqualTo(Permission.NONE);
    }

    @Test
    void members_of_a_team_are_told_from_others_and_a_team_that_is_none_has_none() {
        People people = forge(gitea.adminToken());

        assertThat(value(people.inTeam(remote, "platform/ops", "wim"))).isTrue();
        assertThat(value(people.inTeam(remote, "platform/ops", "rae"))).isFalse();
        assertThat(value(people.inTeam(remote, "platform/op", "wim"))).isFalse();
        assertThat(value(people.inTeam(remote, "ops", "wim"))).isFalse();
    }

    @Test
    void who_is_in_a_team_is_not_told_to_everybody_and_not_taken_for_a_no() {
        assertThat(value(forge(wim.token()).inTeam(remote, "platform/ops", "zoe")))
                .isTrue();

        assertThat(forge(pia.token()).inTeam(remote, "platform/ops", "zoe").failure())
                .get()
                .extracting(Trouble::sentence)
                .asString()
                .contains("make the token's user one of them")
                .contains("read:organization");
        assertThat(forge(gitea.adminToken())
                        .inTeam(remote, "nowhere/ops", "zoe")
                        .failure())
                .isPresent();
    }

    @Test
    void author_writer_committer_and_pusher_have_a_hand_in_a_pull_request_and_can_t_approve_it() {
        // Gitea writes pushes into its feed a little later.
        Set<String> hands = Awaitility.await("the feed names who pushed")
                .atMost(Duration.ofSeconds(30))
                .until(() -> value(forge(gitea.adminToken()).hands(remote, pull)), all -> all.contains("pia"));

        assertThat(hands).contains("ada", "amy", "zoe", "pia").doesNotContain("wim", "rae");
        for (String hand : List.of("ada", "amy", "zoe", "pia")) {
            assertThat(refused(may(Act.APPROVE, hand))).contains(hand + " has a hand in it");
        }
        allowed(Act.APPROVE, "wim");
    }

    @Test
    void the_rule_on_main_lets_the_team_apply_and_nobody_else() {
        allowed(Act.APPLY, "wim");
        allowed(Act.APPLY, "zoe");
        assertThat(refused(may(Act.APPLY, "amy")))
                .contains("may.apply in plumbline.yaml on main lets only members of @platform/ops, but amy is not in"
                        + " @platform/ops");
    }

    @Test
    void outsiders_may_not_even_ask_for_plans_and_readers_may() {
        allowed(Act.PLAN, "rae");
        assertThat(refused(may(Act.PLAN, "out"))).contains("out has no permission");
    }

    @Test
    void with_a_token_that_is_no_admin_s_what_can_t_be_read_is_refused_and_says_what_the_token_lacks() {
        Judge judge = new Judge(forge(wim.token()), List.of());

        assertThat(refused(judge.may(Act.UNLOCK, "amy", matter)))
                .contains("the permission of amy can't be read: ")
                .contains("the token of the forge work")
                .contains("administrator of the repository");
        assertThat(refused(judge.may(Act.APPROVE, "rae", matter))).contains("can't be read");
    }

    @Test
    void owners_are_read_from_main_and_their_approval_is_asked_for() {
        Judge judge = new Judge(forge(gitea.adminToken()), List.of());

        assertThat(judge.needed(matter, List.of("wim")).complete()).isTrue();
        assertThat(judge.needed(matter, List.of("zoe")).sentence())
                .get()
                .asString()
                .startsWith("stacks/network/main.tf and 1 more file need an approval of @platform/ops");
    }
}
