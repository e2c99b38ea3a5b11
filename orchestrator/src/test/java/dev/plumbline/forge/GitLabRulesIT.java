package dev.plumbline.forge;

import static dev.plumbline.forge.ForgeRule.NOTHING;
import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.PullForge.MergeMethod;
import dev.plumbline.forge.PullForge.Reaction;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.inspect.Inspection;
import dev.plumbline.forge.kinds.Inspections;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.Detour;
import dev.plumbline.localforge.Detour.Asked;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgitlab.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of the local GitLab, shown once: a client that was broken so that it doesn't keep to the rule fails, and the same client
 * unbroken doesn't.
 */
class GitLabRulesIT extends GitLabBench {
    private static final String NOWHERE = "0".repeat(40);
    private static final URI LISTENER = URI.create("https://plumbline.example.com/webhooks/work");
    private static final String SIGNING = "whsec_" + "A".repeat(43) + "=";

    private Detour way;
    private LocalPerson self;

    @BeforeEach
    void stand() {
        way = new Detour(gitlab.url());
        self = project(Level.MAINTAINER, "api");
        checkout.run("checkout", "-q", "-b", "further", "HEAD~1");
        checkout.write("further.tf", "# 1\n").commit("Further");
        push("further");
    }

    @AfterEach
    void leave() {
        way.close();
    }

    private LocalPerson project(Level level, String... scopes) {
        return gitlab.projectToken(ForgeGround.REPOSITORY, level, Set.of(scopes), Instant.MAX);
    }

    private String entry() {
        return "{ name: work, kind: gitlab, url: \"" + way.url() + "\", token: \"" + self.token()
                + "\", webhook_secret: \"" + SIGNING + "\" }";
    }

    private PullForge forge() {
        return Spoken.forge(entry(), time, new Budgets());
    }

    private Remote remote(String project) {
        return Spoken.remote(entry(), project);
    }

    private Inspection hooks() {
        return Inspections.of(remote(ForgeGround.REPOSITORY).forge(), time);
    }

    // What clients do

    private Answer<?> opens() {
        return forge().open(remote);
    }

    private Answer<?> opensSecret() {
        return forge().open(remote("team/secret"));
    }

    private Answer<?> comments() {
        return forge().comment(remote, pull, "planned");
    }

    private Answer<?> edits() {
        return forge().edit(remote, pull, said(bob), "planned");
    }

    private long said(LocalPerson by) {
        return by.does("POST", INFRA + "/merge_requests/" + pull + "/notes", Map.of("body", "so"))
                .path("id")
                .asLong();
    }

    private Answer<?> reacts() {
        return forge().react(remote, pull, said(bob), Reaction.EYES);
    }

    private Answer<?> reactsTwice() {
        long note = said(bob);
        return forge().react(remote, pull, note, Reaction.EYES)
                .then(made -> forge().react(remote, pull, note, Reaction.EYES));
    }

    private Answer<?> tells() {
        CommitStatus status =
                new CommitStatus(head, "plumbline/plan", CommitStatus.State.SUCCESS, "so", "https://p.example/1");
        return forge().status(remote, status);
    }

    private Answer<?> tellsAsItSees() {
        PullForge client = forge();
        return client.open(remote).then(open -> client.status(remote, status(head, CommitStatus.State.SUCCESS)));
    }

    private Answer<?> tellsOfMain() {
        PullForge client = forge();
        CommitSha main =
                given(client.find(remote, pull)).orElseThrow().mergedAs().orElseThrow();
        return client.status(remote, status(main, CommitStatus.State.SUCCESS));
    }

    private Answer<?> tellsTwice() {
        return forge().status(remote, status(head, CommitStatus.State.PENDING))
                .then(told -> forge().status(remote, status(head, CommitStatus.State.PENDING)));
    }

    private Answer<?> deploys() {
        return forge().deploy(remote, new Deployment(head, "stacks/a", true, "so", ""));
    }

    private Answer<?> deploysAgain() {
        given(forge.deploy(remote, new Deployment(head, "stacks/a", false, "so", "")));
        return deploys();
    }

    private Answer<?> proposes() {
        return forge().propose(remote, "further", "main", "Further", "so");
    }

    private Answer<?> merges() {
        return forge().merge(remote, pull, head, MergeMethod.MERGE);
    }

    private Answer<?> listens() {
        return hooks().create(remote, LISTENER);
    }

    private Answer<?> mendsHook() {
        return hooks().create(remote, LISTENER).then(hook -> hooks().repair(remote, hook, LISTENER));
    }

    private Answer<?> testsHook() {
        Inspection.Hook nobodyHears = given(hooks().create(remote, URI.create("http://127.0.0.1:9/")));
        return hooks().test(remote, nobodyHears, () -> {});
    }

    private Answer<?> git(String project, String... words) {
        String address = "http://x:" + self.token() + "@" + way.url().getAuthority() + "/" + project + ".git";
        GitClient.Ended ended = checkout.tryRun(
                Stream.of(words).map(word -> word.equals("AT") ? address : word).toArray(String[]::new));
        return ended.exit() == 0
                ? new Answer.Given<>(ended.output())
                : new Answer.Failed<>(new Trouble(Kind.CREDENTIALS, ended.output()));
    }

    private Answer<?> fetches() {
        return git(ForgeGround.REPOSITORY, "ls-remote", "AT");
    }

    private Answer<?> pushes() {
        return git(ForgeGround.REPOSITORY, "push", "-q", "AT", "HEAD:refs/heads/more");
    }

    // What is wrong with broken ones

    private static UnaryOperator<Asked> only(String where, UnaryOperator<Asked> wrong) {
        return asked ->
                (asked.method() + " " + asked.path()).matches(".*(" + where + ").*") ? wrong.apply(asked) : asked;
    }

    private static UnaryOperator<Asked> saying(String member, Object value) {
        return asked -> asked.saying(member, value);
    }

    private static UnaryOperator<Asked> lacking(String member) {
        return asked -> asked.saying(member, null);
    }

    private static UnaryOperator<Asked> by(LocalPerson who) {
        return by(who.token());
    }

    private static UnaryOperator<Asked> by(String token) {
        String pair = Base64.getEncoder().encodeToString(("x:" + token).getBytes(StandardCharsets.UTF_8));
        return asked -> asked.headers().containsKey("PRIVATE-TOKEN")
                ? asked.with("PRIVATE-TOKEN", token)
                : asked.headers().containsKey("Authorization") ? asked.with("Authorization", "Basic " + pair) : asked;
    }

    private UnaryOperator<Asked> by(Level level) {
        return by(project(level, "api"));
    }

    private void secret() {
        gitlab.privateProject("team/secret");
        gitlab.level("team/secret", self.name(), Level.REPORTER);
    }

    private UnaryOperator<Asked> mergingInstead(long other) {
        return asked -> asked.at("/merge_requests/\\d+/merge", "/merge_requests/" + other + "/merge")
                .saying("sha", null);
    }

    private long closed() {
        long other = opened("further");
        ada.does("PUT", INFRA + "/merge_requests/" + other, Map.of("state_event", "close"));
        return other;
    }

    private long drafted() {
        long other = opened("further");
        ada.does("PUT", INFRA + "/merge_requests/" + other, Map.of("title", "Draft: Further"));
        return other;
    }

    private long conflicting() {
        checkout.write("odd.tf", "# 2\n").commit("Conflicting");
        push("conflicting");
        long other = opened("conflicting");
        checkout.run("checkout", "-q", "HEAD~2");
        checkout.write("odd.tf", "# 3\n").commit("Meanwhile");
        push("main");
        return other;
    }

    private CommitSha offeredFromFork() {
        LocalPerson kim = gitlab.person("kim");
        gitlab.fork(ForgeGround.REPOSITORY, "kim");
        CommitSha foreign = checkout.write("main.tf", "# kim\n").commit("Kim's");
        checkout.run("push", "-q", kim.remote("kim/infra"), "HEAD:refs/heads/foreign");
        kim.does(
                "POST",
                "/projects/kim%2Finfra/merge_requests",
                Map.of(
                        "source_branch", "foreign",
                        "target_branch", "main",
                        "title", "Kim's",
                        "target_project_id", gitlab.idOf(ForgeGround.REPOSITORY)));
        return foreign;
    }

    private static ForgeRule<GitLabRulesIT> rule(
            String name,
            Function<GitLabRulesIT, Answer<?>> act,
            Function<GitLabRulesIT, UnaryOperator<Asked>> broken,
            String told) {
        return ForgeRule.of(name, act, broken, told);
    }

    static Stream<ForgeRule<GitLabRulesIT>> whoMayDoWhat() {
        return Stream.of(
                rule(
                        "a call has a token that somebody holds",
                        GitLabRulesIT::opens,
                        it -> asked -> asked.without("PRIVATE-TOKEN"),
                        "401 Unauthorized"),
                rule(
                        "a token has not ended",
                        GitLabRulesIT::opens,
                        it -> by(it.gitlab.projectToken(
                                ForgeGround.REPOSITORY, Level.MAINTAINER, Set.of("api"), it.time.instant())),
                        "Token is expired"),
                rule(
                        "who reads has a token for reading",
                        GitLabRulesIT::opens,
                        it -> by(it.project(Level.MAINTAINER, "read_repository")),
                        "higher privileges"),
                rule(
                        "who writes has a token for everything",
                        GitLabRulesIT::comments,
                        it -> by(it.project(Level.MAINTAINER, "read_api")),
                        "higher privileges"),
                rule(
                        "a private project is there for those who report to it",
                        GitLabRulesIT::opensSecret,
                        it -> {
                            it.secret();
                            return by(it.bob);
                        },
                        "404 Project Not Found"),
                rule("developers tell of commits", GitLabRulesIT::tells, it -> it.by(Level.REPORTER), "403 Forbidden"),
                rule(
                        "maintainers tell of the commits of protected branches",
                        GitLabRulesIT::tellsOfMain,
                        it -> {
                            given(it.forge.merge(it.remote, it.pull, it.head, MergeMethod.MERGE));
                            return it.by(Level.DEVELOPER);
                        },
                        "403 Forbidden"),
                rule(
                        "developers record deployments",
                        GitLabRulesIT::deploys,
                        it -> only("POST", it.by(Level.REPORTER)),
                        "403 Forbidden"),
                rule(
                        "developers change deployments",
                        GitLabRulesIT::deploysAgain,
                        it -> only("PUT", it.by(Level.REPORTER)),
                        "403 Forbidden"),
                rule(
                        "developers open merge requests",
                        GitLabRulesIT::proposes,
                        it -> it.by(Level.REPORTER),
                        "403 Forbidden"),
                rule(
                        "maintainers merge into protected branches",
                        GitLabRulesIT::merges,
                        it -> it.by(Level.DEVELOPER),
                        "401 Unauthorized"),
                rule(
                        "a note is changed by who wrote it, or by maintainers",
                        GitLabRulesIT::edits,
                        it -> it.by(Level.DEVELOPER),
                        "403 Forbidden"),
                rule(
                        "webhooks are for maintainers",
                        GitLabRulesIT::listens,
                        it -> it.by(Level.DEVELOPER),
                        "403 Forbidden"),
                rule(
                        "Git fetches with a token that somebody holds",
                        GitLabRulesIT::fetches,
                        it -> by("guessed"),
                        "Authentication failed"),
                rule(
                        "Git fetches with a token for that",
                        GitLabRulesIT::fetches,
                        it -> by(it.project(Level.MAINTAINER, "read_api")),
                        "403"),
                rule(
                        "Git pushes with a token for that",
                        GitLabRulesIT::pushes,
                        it -> by(it.project(Level.MAINTAINER, "read_repository")),
                        "403"),
                rule("Git pushes for developers", GitLabRulesIT::pushes, it -> it.by(Level.REPORTER), "403"),
                rule(
                        "Git fetches what is private for those who report to it",
                        it -> it.git("team/secret", "ls-remote", "AT"),
                        it -> {
                            it.secret();
                            return by(it.bob);
                        },
                        "403"));
    }

    static Stream<ForgeRule<GitLabRulesIT>> whatIsSaid() {
        return Stream.of(
                rule(
                        "a body says that it is JSON",
                        GitLabRulesIT::comments,
                        it -> asked -> asked.without("Content-Type"),
                        "body is missing"),
                rule("a body is JSON", GitLabRulesIT::comments, it -> asked -> asked.text("{"), "Invalid json"),
                rule(
                                "a path is one that GitLab has",
                                GitLabRulesIT::opens,
                                it -> asked -> asked.at("/merge_requests", "/pulls"),
                                "404 Not Found")
                        .noting("/pulls is nothing that this server knows"),
                rule(
                                "a question is one that GitLab takes",
                                GitLabRulesIT::opens,
                                it -> asked -> asked.at("$", "&limit=5"),
                                "")
                        .noting("takes no limit"),
                rule("a member is one that GitLab takes", GitLabRulesIT::comments, it -> saying("text", "x"), "")
                        .noting("takes no text"),
                rule("a note is not empty", GitLabRulesIT::comments, it -> saying("body", " "), "body is missing"),
                rule(
                        "a note has a million characters at most",
                        it -> it.forge().comment(it.remote, it.pull, "x".repeat(1_000_000)),
                        it -> saying("body", "x".repeat(1_000_001)),
                        "Note is too long"),
                rule("a status has a state", GitLabRulesIT::tells, it -> lacking("state"), "state is missing"),
                rule(
                        "a status has a state that there is",
                        GitLabRulesIT::tells,
                        it -> saying("state", "failure"),
                        "state does not have a valid value"),
                rule(
                        "the name of a status has 255 characters at most",
                        GitLabRulesIT::tells,
                        it -> saying("name", "x".repeat(256)),
                        "name is too long"),
                rule(
                        "the description of a status has 255 characters at most",
                        GitLabRulesIT::tells,
                        it -> saying("description", "x".repeat(256)),
                        "description is too long"),
                rule(
                        "the address of a status has 255 characters at most",
                        GitLabRulesIT::tells,
                        it -> saying("target_url", "x".repeat(256)),
                        "target_url is too long"),
                rule(
                        "a status is of a commit that is there",
                        GitLabRulesIT::tells,
                        it -> asked -> asked.at("/statuses/.*", "/statuses/" + NOWHERE),
                        "404 Commit Not Found"),
                rule(
                        "a status of a commit on no branch names its ref",
                        GitLabRulesIT::tellsAsItSees,
                        it -> {
                            it.head = it.offeredFromFork();
                            return lacking("ref");
                        },
                        "404 References for commit Not Found"),
                rule(
                        "a deployment has an environment",
                        GitLabRulesIT::deploys,
                        it -> lacking("environment"),
                        "environment is missing"),
                rule(
                        "an environment's name has few kinds of characters",
                        GitLabRulesIT::deploys,
                        it -> saying("environment", "stacks/a+b"),
                        "environment is invalid"),
                rule(
                        "a deployment says whether its ref is a tag",
                        GitLabRulesIT::deploys,
                        it -> lacking("tag"),
                        "tag is missing"),
                rule("a deployment has a commit", GitLabRulesIT::deploys, it -> lacking("sha"), "sha is missing"),
                rule(
                        "a deployment is of a commit that is there",
                        GitLabRulesIT::deploys,
                        it -> saying("sha", NOWHERE),
                        "404 Commit Not Found"),
                rule("a deployment has a ref", GitLabRulesIT::deploys, it -> lacking("ref"), "ref is missing"),
                rule("a deployment has a status", GitLabRulesIT::deploys, it -> lacking("status"), "status is missing"),
                rule(
                        "a deployment has a status that there is",
                        GitLabRulesIT::deploys,
                        it -> saying("status", "failure"),
                        "status does not have a valid value"),
                rule(
                        "a deployment goes from a status to another one",
                        GitLabRulesIT::deploysAgain,
                        it -> only("PUT", saying("status", "failed")),
                        "Status cannot transition"),
                rule("a webhook goes to an address", GitLabRulesIT::listens, it -> lacking("url"), "url is missing"),
                rule(
                        "a webhook is signed by a secret of the standard's form",
                        GitLabRulesIT::listens,
                        it -> saying("signing_token", "x"),
                        "signing_token is invalid"),
                rule(
                        "a webhook goes to the local network where administrators allow it",
                        GitLabRulesIT::listens,
                        it -> {
                            it.gitlab.forbidsLocalHooks();
                            return saying("url", "http://127.0.0.1:9/");
                        },
                        "Invalid url given"));
    }

    static Stream<ForgeRule<GitLabRulesIT>> whatThereIs() {
        return Stream.of(
                rule(
                        "what is read is there",
                        it -> it.forge().find(it.remote, it.pull),
                        it -> asked -> asked.at("/merge_requests/\\d+", "/merge_requests/999"),
                        NOTHING),
                rule(
                        "what is written on is there",
                        GitLabRulesIT::comments,
                        it -> asked -> asked.at("/merge_requests/\\d+", "/merge_requests/999"),
                        "404 Not found"),
                rule(
                        "what is changed is there",
                        GitLabRulesIT::edits,
                        it -> asked -> asked.at("/notes/\\d+", "/notes/9"),
                        NOTHING),
                rule(
                        "what gets a sign is there",
                        GitLabRulesIT::reacts,
                        it -> asked -> asked.at("/notes/\\d+", "/notes/9"),
                        NOTHING),
                rule(
                        "a sign is given once",
                        GitLabRulesIT::reactsTwice,
                        it -> only("GET .*/notes/\\d+$", asked -> asked.at("\\d+$", "9")),
                        NOTHING),
                rule("a sign has a name", GitLabRulesIT::reacts, it -> lacking("name"), "name is missing"),
                rule(
                        "a deployment that is changed is there",
                        GitLabRulesIT::deploysAgain,
                        it -> asked -> asked.at("/deployments/\\d+", "/deployments/9"),
                        "404 Not found"),
                rule(
                        "a webhook that is changed is there",
                        GitLabRulesIT::mendsHook,
                        it -> only("PUT", asked -> asked.at("/hooks/\\d+", "/hooks/9")),
                        "404 Not found"),
                rule(
                        "a webhook that is tried is there",
                        GitLabRulesIT::testsHook,
                        it -> asked -> asked.at("/hooks/\\d+", "/hooks/9"),
                        "404 Not found"),
                rule(
                        "who is in a group is a member",
                        it -> {
                            it.gitlab.joins("team/ops", "bob", Level.GUEST);
                            return it.forge().inTeam(it.remote, "team/ops", "bob");
                        },
                        it -> asked -> asked.at("username=bob", "username=ada"),
                        NOTHING),
                rule(
                        "a group that is asked is there",
                        it -> {
                            it.gitlab.joins("team/ops", "bob", Level.GUEST);
                            return it.forge().inTeam(it.remote, "team/ops", "bob");
                        },
                        it -> asked -> asked.at("/groups/[^/]+", "/groups/team%2Fnone"),
                        NOTHING));
    }

    static Stream<ForgeRule<GitLabRulesIT>> howMergeRequestsGo() {
        return Stream.of(
                rule(
                        "a merge request comes from a branch",
                        GitLabRulesIT::proposes,
                        it -> lacking("source_branch"),
                        "source_branch is missing"),
                rule(
                        "a merge request comes from a branch that is there",
                        GitLabRulesIT::proposes,
                        it -> saying("source_branch", "nowhere"),
                        "source_branch does not exist"),
                rule(
                        "a merge request goes to a branch",
                        GitLabRulesIT::proposes,
                        it -> lacking("target_branch"),
                        "target_branch is missing"),
                rule(
                        "a merge request goes to a branch that is there",
                        GitLabRulesIT::proposes,
                        it -> saying("target_branch", "nowhere"),
                        "target_branch does not exist"),
                rule(
                        "a merge request has a title",
                        GitLabRulesIT::proposes,
                        it -> lacking("title"),
                        "title is missing"),
                rule(
                        "one open merge request comes from a branch",
                        GitLabRulesIT::proposes,
                        it -> saying("source_branch", "wider"),
                        "already exists"),
                rule(
                        "the head that is merged is the one that is named",
                        GitLabRulesIT::merges,
                        it -> saying("sha", NOWHERE),
                        "SHA does not match"),
                rule(
                        "what is merged is open",
                        GitLabRulesIT::merges,
                        it -> it.mergingInstead(it.closed()),
                        "405 Method Not Allowed"),
                rule(
                        "what is merged is no draft",
                        GitLabRulesIT::merges,
                        it -> it.mergingInstead(it.drafted()),
                        "405 Method Not Allowed"),
                rule(
                        "what is merged has no conflicts",
                        GitLabRulesIT::merges,
                        it -> it.mergingInstead(it.conflicting()),
                        "Branch cannot be merged"),
                rule(
                        "what is merged has the pipeline that is needed",
                        it -> it.tells().then(told -> it.forge().merge(it.remote, it.pull, it.head, MergeMethod.MERGE)),
                        it -> {
                            it.gitlab.needsPipeline(ForgeGround.REPOSITORY);
                            return only("/statuses/", saying("state", "pending"));
                        },
                        "405 Method Not Allowed"),
                rule(
                        "what is merged without a commit of its own is on top of its target",
                        it -> it.merges(),
                        it -> {
                            it.gitlab.fastForwards(ForgeGround.REPOSITORY);
                            return it.mergingInstead(it.behind());
                        },
                        "405 Method Not Allowed"));
    }

    /** One that main has moved past, while the first one is on top of it. */
    private long behind() {
        checkout.run("checkout", "-q", head.hex());
        head = checkout.write("third.tf", "# 3\n").commit("Third");
        push("wider");
        checkout.run("checkout", "-q", "HEAD~1");
        push("main");
        return opened("further");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"whoMayDoWhat", "whatIsSaid", "whatThereIs", "howMergeRequestsGo"})
    void a_client_fails_that_does_not_keep_to_it(ForgeRule<GitLabRulesIT> rule) {
        rule.shown(this, way, gitlab::faults);
    }

    @Test
    void a_token_that_was_revoked_is_none() {
        LocalPerson before = self;
        gitlab.revokeTokens();
        self = project(Level.MAINTAINER, "api");

        way.breaks(by(before));
        assertThat(trouble((Answer<?>) opens()).sentence()).contains("401 Unauthorized");
        way.mends();
        assertThat(opens().failure()).isEmpty();
    }

    @Test
    void an_account_has_so_many_calls_a_minute() {
        gitlab.limit(1);
        PullForge patient = forge();
        given(patient.open(remote));
        assertThat(trouble(patient.find(remote, pull)).kind()).isEqualTo(Kind.LIMITED);
        int calls = gitlab.calls();

        time.moveBy(Duration.ofSeconds(50));
        assertThat(trouble(forge().open(remote)).kind())
                .as("a client that forgets when it may come again")
                .isEqualTo(Kind.LIMITED);
        assertThat(trouble(patient.open(remote)).kind()).isEqualTo(Kind.LIMITED);
        assertThat(gitlab.calls()).isEqualTo(calls + 1);
        time.moveBy(Duration.ofSeconds(15));
        given(patient.open(remote));
    }

    @Test
    void a_status_never_goes_to_where_it_is() {
        way.mishears("Cannot transition status", "No");
        assertThat(trouble((Answer<?>) tellsTwice()).kind())
                .as("a client that takes it for something else")
                .isEqualTo(Kind.REFUSED);
        way.mends();
        assertThat(tellsTwice().failure()).isEmpty();
    }

    @Test
    void a_line_that_begins_with_a_slash_is_a_command() {
        given(forge().comment(remote, pull, "so\n/close"));
        assertThat(given(forge().find(remote, pull)).orElseThrow().open()).isTrue();

        way.breaks(only("POST", saying("body", "so\n/close")));
        given(forge().comment(remote, pull, "so\n/close"));
        way.mends();
        assertThat(given(forge().find(remote, pull)).orElseThrow().open())
                .as("from a client that lets such a line through")
                .isFalse();
    }

    @Test
    void a_text_of_nothing_but_commands_makes_no_note() {
        way.breaks(only("POST", saying("body", "/approve")));
        assertThat(trouble(forge().comment(remote, pull, "/approve")).kind()).isEqualTo(Kind.UNREACHABLE);
        way.mends();
        given(forge().comment(remote, pull, "/approve"));
    }

    @Test
    void a_page_has_twenty_entries_where_no_number_is_asked_for() {
        assertThat(commentsRead(21, asked -> asked.at("&per_page=100", ""))).isEqualTo(20);
    }

    @Test
    void a_page_has_a_hundred_entries_at_most() {
        assertThat(commentsRead(101, asked -> asked.at("&per_page=100", "&per_page=200")))
                .isEqualTo(100);
    }

    /** By a client that doesn't hear of a next page; one that does reads them all. */
    private int commentsRead(int said, UnaryOperator<Asked> asking) {
        IntStream.range(0, said).forEach(number -> said(ada));
        way.breaks(asking);
        way.deafens("Link");
        int read = given(forge().comments(remote, Instant.EPOCH)).size();
        way.mends();
        assertThat(given(forge().comments(remote, Instant.EPOCH))).hasSize(said);
        return read;
    }
}
