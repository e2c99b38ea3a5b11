package dev.plumbline.forge;

import static dev.plumbline.forge.ForgeRule.NOTHING;
import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.MovedClock;
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
import dev.plumbline.localgithub.LocalGitHub;
import dev.plumbline.localgithub.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of the local GitHub, shown once: a client that was broken so that it doesn't keep to the rule fails, and the same client
 * unbroken doesn't.
 */
class GitHubRulesIT {
    private static final String INFRA = "/repos/" + ForgeGround.REPOSITORY;
    private static final String NOWHERE = "0".repeat(40);
    private static final URI LISTENER = URI.create("http://127.0.0.1:9/webhooks/work");

    private final MovedClock time = new MovedClock();
    private LocalGitHub github;
    private Detour way;
    private LocalPerson ada;
    private LocalPerson bob;
    private LocalPerson eve;
    private LocalGitHub.LocalApp app;
    private GitClient checkout;
    private CommitSha head;
    private long pull;

    @BeforeEach
    void begin(@TempDir Path folder) {
        github = LocalGitHub.started(folder.resolve("github"), time);
        way = new Detour(github.url());
        ada = github.person("ada");
        bob = github.person("bob");
        eve = github.person("eve");
        github.repository("team", "infra");
        github.role(ForgeGround.REPOSITORY, "ada", Role.ADMIN);
        github.role(ForgeGround.REPOSITORY, "bob", Role.WRITE);
        app = github.app("plumbline", "team", Map.of());
        checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# 1\n").commit("First");
        push("main");
        checkout.write("further.tf", "# 1\n").commit("Further");
        push("further");
        head = checkout.write("main.tf", "# 2\n").commit("Second");
        push("wider");
        pull = opened("wider", false);
    }

    @AfterEach
    void end() {
        way.close();
        github.close();
    }

    private void push(String branch) {
        checkout.run("push", "-q", ada.remote(ForgeGround.REPOSITORY), "HEAD:refs/heads/" + branch);
    }

    private long opened(String branch, boolean draft) {
        return ada.does(
                        "POST",
                        INFRA + "/pulls",
                        Map.of("head", branch, "base", "main", "title", "Wider", "draft", draft))
                .path("number")
                .asLong();
    }

    private String entry(String credentials) {
        return "{ name: work, kind: github, url: \"" + way.url() + "\", webhook_secret: s, " + credentials + " }";
    }

    private String tokenEntry() {
        return entry("token: " + ada.token());
    }

    private String appEntry(LocalGitHub.LocalApp which) {
        return entry("app: { id: " + which.id() + ", private_key: \""
                + which.privateKey().replace("\n", "\\n") + "\" }");
    }

    private Remote remote(String repository) {
        return Spoken.remote(tokenEntry(), repository);
    }

    private Remote infra() {
        return remote(ForgeGround.REPOSITORY);
    }

    /** A client with a token of somebody who may do everything. */
    private PullForge forge() {
        return Spoken.forge(tokenEntry(), time, new Budgets());
    }

    /** A client that is an App. */
    private PullForge installed() {
        return Spoken.forge(appEntry(app), time, new Budgets());
    }

    private Inspection hooks() {
        return Inspections.of(infra().forge(), time);
    }

    // What clients do

    private Answer<?> opens() {
        return forge().open(infra());
    }

    private Answer<?> comments() {
        return forge().comment(infra(), pull, "planned");
    }

    private Answer<?> edits() {
        return forge().edit(infra(), pull, said(bob), "planned");
    }

    private long said(LocalPerson by) {
        return by.does("POST", INFRA + "/issues/" + pull + "/comments", Map.of("body", "so"))
                .path("id")
                .asLong();
    }

    private Answer<?> reacts() {
        return forge().react(infra(), pull, said(bob), Reaction.EYES);
    }

    private Answer<?> tells() {
        return forge().status(infra(), new CommitStatus(head, "plumbline/plan", CommitStatus.State.SUCCESS, "so", ""));
    }

    private Answer<?> deploys() {
        return forge().deploy(infra(), new Deployment(head, "stacks/a", true, "applied", ""));
    }

    private Answer<?> proposes() {
        return forge().propose(infra(), "further", "main", "Further", "so");
    }

    private Answer<?> merges() {
        return forge().merge(infra(), pull, head, MergeMethod.MERGE);
    }

    private Answer<?> asksWho() {
        return forge().hands(infra(), request());
    }

    private PullRequest request() {
        return new PullRequest(pull, "wider", false, head, "main", "Wider", "ada", "", false, List.of(), Instant.EPOCH);
    }

    private Answer<?> diagnoses(int remarks) {
        List<Diagnosis.Remark> all = IntStream.rangeClosed(1, remarks)
                .mapToObj(line -> new Diagnosis.Remark("main.tf", line, true, "Odd", "Look at it"))
                .toList();
        return installed().diagnose(infra(), new Diagnosis(head, false, "Odd", "So", all));
    }

    private Answer<?> listens() {
        return hooks().create(infra(), LISTENER);
    }

    private Answer<?> tests() {
        Inspection hooks = hooks();
        return hooks.hook(infra(), LISTENER)
                .then(there -> there.isPresent() ? new Answer.Given<>(there.get()) : hooks.create(infra(), LISTENER))
                .then(hook -> hooks.test(infra(), hook, () -> {}));
    }

    private Answer<?> mendsHook() {
        Inspection hooks = hooks();
        return given(hooks.hook(infra(), LISTENER))
                .map(hook -> hooks.repair(infra(), hook, LISTENER))
                .orElseThrow();
    }

    private Answer<?> git(String repository, String... words) {
        String address =
                ada.remote(repository).replaceFirst("127.0.0.1:\\d+", way.url().getAuthority());
        Stream<String> all = Stream.of(words).map(word -> word.equals("AT") ? address : word);
        GitClient.Ended ended = checkout.tryRun(all.toArray(String[]::new));
        return ended.exit() == 0
                ? new Answer.Given<>(ended.output())
                : new Answer.Failed<>(new Trouble(Kind.CREDENTIALS, ended.output()));
    }

    private Answer<?> pushes() {
        return git(ForgeGround.REPOSITORY, "push", "-q", "AT", "HEAD:refs/heads/more");
    }

    private Answer<?> fetches() {
        return git(ForgeGround.REPOSITORY, "ls-remote", "AT");
    }

    // What is wrong with broken ones

    private static UnaryOperator<Asked> only(String where, UnaryOperator<Asked> wrong) {
        return asked ->
                (asked.method() + " " + asked.path()).matches(".*(" + where + ").*") ? wrong.apply(asked) : asked;
    }

    private static UnaryOperator<Asked> by(String token) {
        return asked -> asked.headers().containsKey("Authorization")
                ? asked.with(
                        "Authorization",
                        asked.header("Authorization").startsWith("Basic ") ? basic(token) : "Bearer " + token)
                : asked;
    }

    private static String basic(String token) {
        return "Basic " + Base64.getEncoder().encodeToString(("x:" + token).getBytes(StandardCharsets.UTF_8));
    }

    private String tokenOf(LocalGitHub.LocalApp which, String repository) {
        String entry = appEntry(which);
        return given(Spoken.forge(entry, time, new Budgets()).login(remote(repository)))
                .orElseThrow()
                .password();
    }

    private LocalGitHub.LocalApp elsewhere() {
        github.repository("others", "else");
        return github.app("other", "others", Map.of());
    }

    private void secret() {
        github.privateRepository("team", "secret");
        github.role("team/secret", "ada", Role.READ);
    }

    /** Signs what the client signs, in other words. */
    private UnaryOperator<Asked> signing(String algorithm, String who, Duration begins, Duration ends) {
        Instant now = time.instant();
        Map<String, ?> claims = Map.of(
                "iat", now.plus(begins).getEpochSecond(), "exp", now.plus(ends).getEpochSecond(), "iss", who);
        return only("/installation", by(github.signed(app, Map.of("alg", algorithm, "typ", "JWT"), claims)));
    }

    private UnaryOperator<Asked> signing(Duration begins, Duration ends) {
        return signing("RS256", String.valueOf(app.id()), begins, ends);
    }

    private Answer<?> logsIn() {
        return installed().login(infra());
    }

    private UnaryOperator<Asked> mergingInstead(long other) {
        return asked ->
                asked.at("/pulls/\\d+/merge", "/pulls/" + other + "/merge").saying("sha", null);
    }

    private long closed() {
        push("closed");
        long other = opened("closed", false);
        ada.does("PATCH", INFRA + "/pulls/" + other, Map.of("state", "closed"));
        return other;
    }

    private long drafted() {
        push("drafted");
        return opened("drafted", true);
    }

    private long conflicting() {
        checkout.run("checkout", "-q", "HEAD~2");
        checkout.write("odd.tf", "# 2\n").commit("Conflicting");
        push("conflicting");
        long other = opened("conflicting", false);
        checkout.run("checkout", "-q", "HEAD~1");
        checkout.write("odd.tf", "# 3\n").commit("Meanwhile");
        push("main");
        return other;
    }

    private static ForgeRule<GitHubRulesIT> rule(
            String name,
            Function<GitHubRulesIT, Answer<?>> act,
            Function<GitHubRulesIT, UnaryOperator<Asked>> broken,
            String told) {
        return ForgeRule.of(name, act, broken, told);
    }

    /** @param where a call that needs a permission, of those that an act makes */
    private static ForgeRule<GitHubRulesIT> permission(
            Function<GitHubRulesIT, Answer<?>> act, String where, Map<String, String> less, String needed) {
        return rule(
                "a token for " + where.replaceAll("\\.\\*|[$?]|\\\\(d\\+)?", "").replace("//", "/…/") + " has "
                        + needed,
                act,
                it -> only(where, by(it.github.token("ada", less))),
                "give it the permission " + needed);
    }

    static Stream<ForgeRule<GitHubRulesIT>> whoCalls() {
        return Stream.of(
                rule(
                        "a call has a token that somebody holds",
                        GitHubRulesIT::opens,
                        it -> by("guessed"),
                        "Bad credentials"),
                rule(
                        "only an App is asked by its key what it is",
                        it -> it.installed()
                                .findComment(it.infra(), it.pull, "x")
                                .then(found -> new Answer.Given<>(true)),
                        it -> only("/app$", by(it.ada.token())),
                        "could not be decoded"),
                rule(
                        "a key opens nothing but what is the App's own",
                        it -> it.installed().open(it.infra()),
                        it -> only(
                                "/pulls",
                                by(it.github.signed(
                                        it.app,
                                        Map.of("alg", "RS256"),
                                        Map.of(
                                                "iat", it.time.instant().getEpochSecond(),
                                                "exp",
                                                        it.time
                                                                .instant()
                                                                .plusSeconds(60)
                                                                .getEpochSecond(),
                                                "iss", String.valueOf(it.app.id()))))),
                        "could not be used here"),
                rule(
                        "an installation is nobody with a name of their own",
                        it -> it.forge().findComment(it.infra(), it.pull, "x").then(found -> new Answer.Given<>(true)),
                        it -> only("/user$", by(it.tokenOf(it.app, ForgeGround.REPOSITORY))),
                        "not accessible by integration"),
                rule(
                        "a key's holder says who it is",
                        GitHubRulesIT::logsIn,
                        it -> it.signing("RS256", "1", Duration.ZERO, Duration.ofMinutes(5)),
                        "refuses the app"),
                rule(
                        "a key signs by RS256",
                        GitHubRulesIT::logsIn,
                        it -> it.signing("RS512", String.valueOf(it.app.id()), Duration.ZERO, Duration.ofMinutes(5)),
                        "refuses the app"),
                rule(
                        "a signature does not begin in the future",
                        GitHubRulesIT::logsIn,
                        it -> it.signing(Duration.ofSeconds(60), Duration.ofMinutes(5)),
                        "refuses the app"),
                rule(
                        "a signature has not ended",
                        GitHubRulesIT::logsIn,
                        it -> it.signing(Duration.ofMinutes(-9), Duration.ofSeconds(-1)),
                        "refuses the app"),
                rule(
                        "a signature lasts ten minutes at most",
                        GitHubRulesIT::logsIn,
                        it -> it.signing(Duration.ZERO, Duration.ofMinutes(11)),
                        "refuses the app"),
                rule(
                        "a signature is that of the App's own key",
                        GitHubRulesIT::logsIn,
                        it -> only(
                                "/installation",
                                asked -> asked.with(
                                        "Authorization",
                                        asked.header("Authorization").replaceFirst("[^.]+$", "AAAA"))),
                        "refuses the app"),
                rule(
                        "an App is found where it is installed",
                        GitHubRulesIT::logsIn,
                        it -> {
                            it.elsewhere();
                            return asked ->
                                    asked.at("/repos/team/infra/installation", "/repos/others/else/installation");
                        },
                        "not installed"),
                rule(
                        "an App gets tokens of its own installations",
                        GitHubRulesIT::logsIn,
                        it -> {
                            long foreign = it.elsewhere().installation();
                            return asked -> asked.at("/app/installations/\\d+", "/app/installations/" + foreign);
                        },
                        "Not Found"));
    }

    static Stream<ForgeRule<GitHubRulesIT>> whoMayDoWhat() {
        return Stream.of(
                rule(
                        "an installation writes for its own account only",
                        GitHubRulesIT::tells,
                        it -> by(it.tokenOf(it.elsewhere(), "others/else")),
                        "Must have write access"),
                rule(
                        "who writes to the repository tells of commits",
                        GitHubRulesIT::tells,
                        it -> by(it.eve.token()),
                        "Must have write access"),
                rule(
                        "who writes to the repository records deployments",
                        GitHubRulesIT::deploys,
                        it -> by(it.eve.token()),
                        "Must have write access"),
                rule(
                        "who writes to the repository merges",
                        GitHubRulesIT::merges,
                        it -> by(it.eve.token()),
                        "Must have write access"),
                rule(
                        "who writes to the repository reads what others may",
                        it -> it.forge().permission(it.infra(), "bob"),
                        it -> by(it.eve.token()),
                        "Must have write access"),
                rule(
                        "a comment is changed by who wrote it, or writes to the repository",
                        GitHubRulesIT::edits,
                        it -> by(it.eve.token()),
                        "Must have write access"),
                rule(
                        "webhooks are for administrators",
                        GitHubRulesIT::listens,
                        it -> by(it.bob.token()),
                        "Must have admin access"),
                rule(
                        "a private repository is there for those who are something in it",
                        it -> it.forge().open(it.remote("team/secret")),
                        it -> {
                            it.secret();
                            return by(it.eve.token());
                        },
                        "Not Found"),
                rule(
                        "Git fetches with a token that somebody holds",
                        GitHubRulesIT::fetches,
                        it -> by("guessed"),
                        "Authentication failed"),
                rule(
                        "Git fetches what is private for those who are something in it",
                        it -> it.git("team/secret", "ls-remote", "AT"),
                        it -> {
                            it.secret();
                            return by(it.eve.token());
                        },
                        "403"),
                rule(
                        "Git fetches with the permission to read contents",
                        GitHubRulesIT::fetches,
                        it -> by(it.github.token("ada", Map.of("contents", "none"))),
                        "403"),
                rule(
                        "Git pushes with the permission to write contents",
                        GitHubRulesIT::pushes,
                        it -> by(it.github.token("ada", Map.of("contents", "read"))),
                        "403"),
                rule(
                        "Git pushes for those who write to the repository",
                        GitHubRulesIT::pushes,
                        it -> by(it.eve.token()),
                        "403"));
    }

    static Stream<ForgeRule<GitHubRulesIT>> whatATokenIsFor() {
        Map<String, String> silent = Map.of("issues", "none", "pull_requests", "none");
        Map<String, String> reading = Map.of("issues", "read", "pull_requests", "read");
        Map<String, String> blind = Map.of("pull_requests", "none");
        return Stream.of(
                permission(GitHubRulesIT::opens, "GET .*/pulls\\?", blind, "pull_requests=read"),
                permission(
                        it -> it.forge().find(it.infra(), it.pull), "GET .*/pulls/\\d+$", blind, "pull_requests=read"),
                permission(GitHubRulesIT::asksWho, "GET .*/commits", blind, "pull_requests=read"),
                permission(GitHubRulesIT::asksWho, "GET .*/activity", Map.of("contents", "none"), "contents=read"),
                permission(
                        it -> it.forge().reviews(it.infra(), it.request()),
                        "GET .*/reviews",
                        blind,
                        "pull_requests=read"),
                permission(
                        GitHubRulesIT::proposes,
                        "POST .*/pulls",
                        Map.of("pull_requests", "read"),
                        "pull_requests=write"),
                permission(GitHubRulesIT::merges, "PUT .*/merge", Map.of("contents", "read"), "contents=write"),
                permission(
                        it -> it.forge().comments(it.infra(), Instant.EPOCH),
                        "GET .*/issues/comments",
                        silent,
                        "issues=read or pull_requests=read"),
                permission(
                        it -> it.forge().findComment(it.infra(), it.pull, "x").then(found -> new Answer.Given<>(true)),
                        "GET .*/issues/\\d+/comments",
                        silent,
                        "issues=read or pull_requests=read"),
                permission(GitHubRulesIT::comments, "POST .*/comments", reading, "issues=write or pull_requests=write"),
                permission(GitHubRulesIT::edits, "PATCH .*/comments", reading, "issues=write or pull_requests=write"),
                permission(GitHubRulesIT::reacts, "POST .*/reactions", reading, "issues=write or pull_requests=write"),
                permission(GitHubRulesIT::tells, "POST .*/statuses", Map.of("statuses", "read"), "statuses=write"),
                permission(it -> it.diagnoses(1), "POST .*/check-runs", Map.of("checks", "read"), "checks=write"),
                permission(it -> it.diagnoses(51), "PATCH .*/check-runs", Map.of("checks", "read"), "checks=write"),
                permission(
                        GitHubRulesIT::deploys,
                        "GET .*/deployments",
                        Map.of("deployments", "none"),
                        "deployments=read"),
                permission(
                        GitHubRulesIT::deploys,
                        "POST .*/deployments$",
                        Map.of("deployments", "read"),
                        "deployments=write"),
                permission(
                        GitHubRulesIT::deploys,
                        "POST .*/deployments/\\d+/statuses",
                        Map.of("deployments", "read"),
                        "deployments=write"),
                permission(
                        it -> {
                            it.github.joins("team/ops", "bob");
                            return it.forge().inTeam(it.infra(), "team/ops", "bob");
                        },
                        "GET .*/memberships",
                        Map.of("members", "none"),
                        "members=read"),
                permission(
                        it -> it.hooks().hook(it.infra(), LISTENER).then(found -> new Answer.Given<>(true)),
                        "GET .*/hooks\\?",
                        Map.of("repository_hooks", "none"),
                        "repository_hooks=read"),
                permission(
                        GitHubRulesIT::listens,
                        "POST .*/hooks$",
                        Map.of("repository_hooks", "read"),
                        "repository_hooks=write"),
                permission(
                        it -> {
                            it.ada.tries(
                                    "POST", INFRA + "/hooks", Map.of("config", Map.of("url", LISTENER.toString())));
                            return it.mendsHook();
                        },
                        "PATCH .*/hooks",
                        Map.of("repository_hooks", "read"),
                        "repository_hooks=write"),
                permission(
                        GitHubRulesIT::tests,
                        "GET .*/deliveries",
                        Map.of("repository_hooks", "none"),
                        "repository_hooks=read"),
                permission(
                        GitHubRulesIT::tests,
                        "POST .*/pings",
                        Map.of("repository_hooks", "none"),
                        "repository_hooks=read"));
    }

    static Stream<ForgeRule<GitHubRulesIT>> whatIsSaid() {
        return Stream.of(
                rule(
                        "a body is JSON",
                        GitHubRulesIT::comments,
                        it -> asked -> asked.text("{"),
                        "Problems parsing JSON"),
                rule(
                                "a path is one that GitHub describes",
                                GitHubRulesIT::opens,
                                it -> asked -> asked.at("/pulls", "/pull-requests"),
                                "Not Found")
                        .noting("/pull-requests is nothing that this server knows"),
                rule(
                                "a question is one that GitHub describes",
                                GitHubRulesIT::opens,
                                it -> asked -> asked.at("$", "&limit=5"),
                                "Validation Failed")
                        .noting("?limit is not described"),
                rule(
                                "a member is one that GitHub describes",
                                GitHubRulesIT::tells,
                                it -> asked -> asked.saying("name", "x"),
                                "Validation Failed")
                        .noting("/name is not described"),
                rule(
                                "a word is one that GitHub describes",
                                GitHubRulesIT::tells,
                                it -> asked -> asked.saying("state", "fine"),
                                "Validation Failed")
                        .noting("/state"),
                rule(
                                "what GitHub asks for is there",
                                GitHubRulesIT::comments,
                                it -> asked -> asked.saying("body", null),
                                "Validation Failed")
                        .noting("body"),
                rule(
                        "a comment is not empty",
                        GitHubRulesIT::comments,
                        it -> asked -> asked.saying("body", " "),
                        "Validation Failed"),
                rule(
                        "a comment has 65,536 characters at most",
                        it -> it.forge().comment(it.infra(), it.pull, "x".repeat(65_536)),
                        it -> asked -> asked.saying("body", "x".repeat(65_537)),
                        "body is too long"),
                rule(
                        "a status has 140 characters at most",
                        GitHubRulesIT::tells,
                        it -> asked -> asked.saying("description", "x".repeat(141)),
                        "description is too long"),
                rule(
                                "a check has fifty annotations a request",
                                it -> it.diagnoses(50),
                                it -> only(
                                        "POST .*/check-runs",
                                        asked -> asked.saying(
                                                "output",
                                                Map.of(
                                                        "title",
                                                        "t",
                                                        "summary",
                                                        "s",
                                                        "annotations",
                                                        Collections.nCopies(
                                                                51,
                                                                Map.of(
                                                                        "path",
                                                                        "main.tf",
                                                                        "start_line",
                                                                        1,
                                                                        "end_line",
                                                                        1,
                                                                        "annotation_level",
                                                                        "notice",
                                                                        "message",
                                                                        "x"))))),
                                "Validation Failed")
                        .noting("annotations"),
                rule(
                        "a status is of a commit that is there",
                        GitHubRulesIT::tells,
                        it -> asked -> asked.at("/statuses/.*", "/statuses/" + NOWHERE),
                        "No commit found"),
                rule(
                        "a check is of a commit that is there",
                        it -> it.diagnoses(1),
                        it -> only("check-runs", asked -> asked.saying("head_sha", NOWHERE)),
                        "No commit found"),
                rule(
                        "a deployment is of a commit that is there",
                        GitHubRulesIT::deploys,
                        it -> only("/deployments$", asked -> asked.saying("ref", NOWHERE)),
                        "No commit found"),
                rule(
                        "checks are made by Apps",
                        it -> it.diagnoses(1),
                        it -> only("POST .*/check-runs", by(it.ada.token())),
                        "authenticate via a GitHub App"),
                rule(
                        "a check is changed by the App that made it",
                        it -> it.diagnoses(51),
                        it -> only(
                                "PATCH",
                                by(it.tokenOf(it.github.app("other", "team", Map.of()), ForgeGround.REPOSITORY))),
                        "Invalid app_id"),
                rule(
                        "a deployment waits for others' statuses unless it says that it doesn't",
                        GitHubRulesIT::deploys,
                        it -> {
                            it.ada.does(
                                    "POST",
                                    INFRA + "/statuses/" + it.head.hex(),
                                    Map.of("state", "pending", "context", "tests"));
                            return asked -> asked.saying("required_contexts", null);
                        },
                        "status checks failed"));
    }

    static Stream<ForgeRule<GitHubRulesIT>> whatThereIs() {
        return Stream.of(
                rule(
                        "what is read is there",
                        it -> it.forge().find(it.infra(), it.pull),
                        it -> asked -> asked.at("/pulls/\\d+", "/pulls/999"),
                        NOTHING),
                rule(
                        "what is written on is there",
                        GitHubRulesIT::comments,
                        it -> asked -> asked.at("/issues/\\d+", "/issues/999"),
                        "Not Found"),
                rule(
                        "what is changed is there",
                        GitHubRulesIT::edits,
                        it -> asked -> asked.at("/comments/\\d+", "/comments/9"),
                        NOTHING),
                rule(
                        "what becomes of a deployment is told of one that is there",
                        GitHubRulesIT::deploys,
                        it -> asked -> asked.at("/deployments/\\d+", "/deployments/9"),
                        "Not Found"),
                rule(
                        "a webhook that is tried is there",
                        GitHubRulesIT::tests,
                        it -> only("POST .*/pings", asked -> asked.at("/hooks/\\d+", "/hooks/9")),
                        "Not Found"),
                rule(
                        "who is asked about has an account",
                        it -> it.forge().permission(it.infra(), "bob"),
                        it -> asked -> asked.at("/bob/", "/nobody/"),
                        NOTHING),
                rule(
                        "who is in a team joined it",
                        it -> {
                            it.github.joins("team/ops", "bob");
                            return it.forge().inTeam(it.infra(), "team/ops", "bob");
                        },
                        it -> asked -> asked.at("/bob", "/eve"),
                        NOTHING),
                rule(
                        "one webhook goes to an address",
                        GitHubRulesIT::listens,
                        it -> {
                            it.ada.does(
                                    "POST",
                                    INFRA + "/hooks",
                                    Map.of("config", Map.of("url", LISTENER + "/2", "content_type", "json")));
                            return asked -> asked.saying("config", Map.of("url", LISTENER + "/2"));
                        },
                        "Hook already exists"));
    }

    static Stream<ForgeRule<GitHubRulesIT>> howPullRequestsGo() {
        return Stream.of(
                rule(
                        "a pull request comes from a branch that is there",
                        GitHubRulesIT::proposes,
                        it -> asked -> asked.saying("head", "nowhere"),
                        "head invalid"),
                rule(
                        "a pull request comes from the repository or a fork of it",
                        GitHubRulesIT::proposes,
                        it -> asked -> asked.saying("head", "eve:wider"),
                        "head invalid"),
                rule(
                        "a pull request goes to a branch that is there",
                        GitHubRulesIT::proposes,
                        it -> asked -> asked.saying("base", "nowhere"),
                        "base invalid"),
                rule(
                        "a pull request has something new",
                        GitHubRulesIT::proposes,
                        it -> asked -> asked.saying("head", "main"),
                        "No commits between"),
                rule(
                        "one open pull request comes from a branch",
                        GitHubRulesIT::proposes,
                        it -> asked -> asked.saying("head", "wider"),
                        "already exists"),
                rule(
                        "the head that is merged is the one that is named",
                        GitHubRulesIT::merges,
                        it -> asked -> asked.saying("sha", NOWHERE),
                        "Head branch was modified"),
                rule(
                        "what is merged is open",
                        GitHubRulesIT::merges,
                        it -> it.mergingInstead(it.closed()),
                        "not mergeable"),
                rule(
                        "what is merged is no draft",
                        GitHubRulesIT::merges,
                        it -> it.mergingInstead(it.drafted()),
                        "not mergeable"),
                rule(
                        "what is merged has no conflicts",
                        GitHubRulesIT::merges,
                        it -> it.mergingInstead(it.conflicting()),
                        "not mergeable"),
                rule(
                        "what is merged has the statuses that are required",
                        it -> {
                            it.tells();
                            return it.merges();
                        },
                        it -> {
                            it.github.requireStatus(ForgeGround.REPOSITORY, "plumbline/plan");
                            return only("/statuses", asked -> asked.saying("context", "plumbline/other"));
                        },
                        "is expected"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"whoCalls", "whoMayDoWhat", "whatATokenIsFor", "whatIsSaid", "whatThereIs", "howPullRequestsGo"})
    void a_client_fails_that_does_not_keep_to_it(ForgeRule<GitHubRulesIT> rule) {
        rule.shown(this, way, github::faults);
    }

    /** A client that never gets another one. */
    private static UnaryOperator<Asked> keepingItsFirstToken() {
        AtomicReference<String> first = new AtomicReference<>("");
        return only("/pulls", asked -> {
            first.compareAndSet("", asked.header("Authorization"));
            return asked.with("Authorization", first.get());
        });
    }

    @Test
    void the_token_of_an_installation_ends_after_an_hour() {
        PullForge client = installed();
        way.breaks(keepingItsFirstToken());
        given(client.open(infra()));
        time.moveBy(Duration.ofMinutes(59));
        given(client.open(infra()));
        time.moveBy(Duration.ofMinutes(2));

        assertThat(trouble(client.open(infra())).sentence()).contains("Bad credentials");
        way.mends();
        given(client.open(infra()));
    }

    @Test
    void a_token_that_was_revoked_is_none() {
        PullForge client = installed();
        way.breaks(keepingItsFirstToken());
        given(client.open(infra()));
        github.revokeTokens();

        assertThat(trouble(client.open(infra())).sentence()).contains("Bad credentials");
        way.mends();
        given(client.open(infra()));
    }

    @Test
    void a_caller_has_so_many_calls_an_hour() {
        github.limit(1);
        PullForge patient = forge();
        given(patient.open(infra()));
        assertThat(trouble(patient.find(infra(), pull)).kind()).isEqualTo(Kind.LIMITED);
        int calls = github.calls();

        time.moveBy(Duration.ofMinutes(58));
        assertThat(trouble(forge().open(infra())).kind())
                .as("a client that forgets when it may come again")
                .isEqualTo(Kind.LIMITED);
        assertThat(trouble(patient.open(infra())).kind()).isEqualTo(Kind.LIMITED);
        assertThat(github.calls()).isEqualTo(calls + 1);
        time.moveBy(Duration.ofMinutes(3));
        given(patient.open(infra()));
    }

    @Test
    void whoever_is_asked_to_wait_waits() {
        github.slowFor("ada", Duration.ofSeconds(90));
        PullForge patient = forge();
        assertThat(trouble(patient.open(infra())).kind()).isEqualTo(Kind.LIMITED);
        int calls = github.calls();

        time.moveBy(Duration.ofSeconds(80));
        assertThat(trouble(forge().open(infra())).kind())
                .as("a client that forgets when it may come again")
                .isEqualTo(Kind.LIMITED);
        assertThat(trouble(patient.open(infra())).kind()).isEqualTo(Kind.LIMITED);
        assertThat(github.calls()).isEqualTo(calls + 1);
        time.moveBy(Duration.ofSeconds(15));
        given(patient.open(infra()));
    }

    @Test
    void what_is_known_already_costs_nothing() {
        github.limit(2);
        PullForge client = forge();
        IntStream.range(0, 5).forEach(again -> given(client.open(infra())));

        way.breaks(asked -> asked.without("If-None-Match"));
        given(client.open(infra()));
        assertThat(trouble(client.open(infra())).kind())
                .as("a client that doesn't say what it knows")
                .isEqualTo(Kind.LIMITED);
    }

    @Test
    void a_page_has_thirty_entries_where_no_number_is_asked_for() {
        assertThat(commentsRead(31, asked -> asked.at("&per_page=100", ""))).isEqualTo(30);
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
        int read = given(forge().comments(infra(), Instant.EPOCH)).size();
        way.mends();
        assertThat(given(forge().comments(infra(), Instant.EPOCH))).hasSize(said);
        return read;
    }

    @Test
    void pages_of_what_happened_are_turned_by_where_the_last_one_ended() {
        checkout.write("main.tf", "# 4\n").commit("Fourth");
        push("wider");
        UnaryOperator<Asked> single = only("/activity", asked -> asked.at("per_page=100", "per_page=1"));
        way.breaks(asked -> single.apply(asked).at("&?after=\\d+", ""));
        assertThat(trouble((Answer<?>) asksWho()).sentence()).contains("more than 200 pages");

        way.breaks(single);
        assertThat(asksWho().failure()).isEmpty();
    }

    @Test
    void an_entry_of_a_merge_queue_waits_for_the_status_of_its_own_commit() {
        github.requireStatus(ForgeGround.REPOSITORY, "plumbline/plan");
        github.enqueue(ForgeGround.REPOSITORY, pull);
        CommitSha entry = github.heads(ForgeGround.REPOSITORY).entrySet().stream()
                .filter(branch -> branch.getKey().startsWith("gh-readonly-queue/"))
                .map(branch -> new CommitSha(branch.getValue()))
                .findFirst()
                .orElseThrow();
        CommitStatus status = new CommitStatus(entry, "plumbline/plan", CommitStatus.State.SUCCESS, "so", "");

        way.breaks(asked -> asked.at("/statuses/.*", "/statuses/" + head.hex()));
        given(forge().status(infra(), status));
        assertThat(given(forge().find(infra(), pull)).orElseThrow().open()).isTrue();
        way.mends();
        given(forge().status(infra(), status));
        assertThat(given(forge().find(infra(), pull)).orElseThrow().mergedAs()).contains(entry);
    }
}
