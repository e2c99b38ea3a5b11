package dev.plumbline.git.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.git.GitClient.Ended;
import dev.plumbline.git.server.PushListener.Refusal;
import dev.plumbline.git.server.RefChange.Kind;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitServletTest {
    @TempDir
    private Path temp;

    private ServedForge forge;
    private GitClient git;

    @BeforeEach
    void start() {
        GitClient.required();
        forge = new ServedForge(temp.resolve("mirrors"), ServedForge.RULES);
        git = GitClient.init(temp.resolve("work"));
        git.run("remote", "add", "plumbline", forge.url("main"));
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    @Test
    void the_first_push_makes_the_repository_and_a_clone_gets_it_back() {
        CommitSha first = git.write("a.tf", "1").commit("first");

        git.run("push", "plumbline", "main");

        assertThat(forge.mirrors.names()).containsExactly("main");
        assertThat(forge.mirrors.find("main").orElseThrow().branches())
                .containsEntry("main", first)
                .hasSize(1);
        assertThat(forge.pushes)
                .containsExactly(new Push(
                        "main",
                        "ada",
                        List.of(new RefChange("refs/heads/main", Optional.empty(), Optional.of(first), Kind.CREATE)),
                        List.of()));
        GitClient outside = new GitClient(temp);
        outside.run("clone", "-q", forge.url("main"), "clone");
        assertThat(temp.resolve("clone/a.tf")).hasContent("1");
        outside.run("-c", "protocol.version=0", "clone", "-q", forge.url("main"), "old");
        assertThat(temp.resolve("old/a.tf")).hasContent("1");
    }

    @Test
    void each_kind_of_change_is_told_as_what_it_is() {
        CommitSha first = git.commit("first");
        git.run("push", "-q", "plumbline", "main:team/x", "main");
        CommitSha second = git.commit("second");
        git.run("push", "-q", "plumbline", "main:team/x");
        git.run("push", "-q", "-f", "plumbline", first + ":refs/heads/team/x");
        git.run("tag", "v1", first.hex());
        git.run("push", "-q", "plumbline", "v1");
        git.run("push", "-q", "plumbline", ":team/x");

        assertThat(forge.pushes.subList(1, 5))
                .extracting(push -> push.changes().get(0))
                .containsExactly(
                        new RefChange("refs/heads/team/x", Optional.of(first), Optional.of(second), Kind.UPDATE),
                        new RefChange("refs/heads/team/x", Optional.of(second), Optional.of(first), Kind.FORCED_UPDATE),
                        new RefChange("refs/tags/v1", Optional.empty(), Optional.of(first), Kind.CREATE),
                        new RefChange("refs/heads/team/x", Optional.of(first), Optional.empty(), Kind.DELETE));
        assertThat(forge.pushes.get(0).changes()).hasSize(2);
        assertThat(forge.pushes.get(1).changes().get(0).branch()).contains("team/x");
        assertThat(forge.pushes.get(3).changes().get(0).branch()).isEmpty();
    }

    @Test
    void push_options_reach_the_listener() {
        git.commit("first");
        git.run("push", "-q", "-o", "detach", "-o", "note=a b", "plumbline", "main");

        assertThat(forge.pushes.get(0).options()).containsExactly("detach", "note=a b");
    }

    @Test
    void lines_show_on_the_pushing_terminal_while_the_push_is_open() {
        git.commit("first");
        CountDownLatch seen = new CountDownLatch(1);
        AtomicBoolean inTime = new AtomicBoolean();
        forge.afterwards = (push, terminal) -> {
            terminal.println("planning stacks/a");
            inTime.set(ServedForge.within(seen));
            terminal.println("done: é \uD83D\uDE80");
        };

        Ended push = git.tryRun(
                line -> {
                    if (line.contains("remote: planning stacks/a")) {
                        seen.countDown();
                    }
                },
                "push",
                "plumbline",
                "main");

        assertThat(inTime).isTrue();
        assertThat(push.exit()).isZero();
        assertThat(push.output()).contains("remote: done: é \uD83D\uDE80").contains("* [new branch]      main -> main");
    }

    @Test
    void a_silence_longer_than_the_connection_may_idle_is_survived_unseen() {
        Duration idle = Duration.ofMillis(700);
        git.commit("first");
        try (ServedForge hasty = new ServedForge(temp.resolve("hasty"), ServedForge.RULES, idle)) {
            hasty.afterwards = (push, terminal) -> {
                terminal.println("before");
                ServedForge.silence(idle.multipliedBy(3));
                terminal.println("after");
            };

            Ended push = git.tryRun("push", hasty.url("main"), "main");

            assertThat(push.exit()).isZero();
            // JGit shows its own progress where moving the refs takes long
            List<String> lines = push.output()
                    .lines()
                    .filter(line -> line.startsWith("remote:") && !line.contains("Updating references"))
                    .map(String::strip)
                    .toList();
            assertThat(lines).containsExactly("remote: before", "remote: after");
            assertThat(hasty.terminals.get(0).gone()).isFalse();
        }
    }

    @Test
    void a_push_ends_well_even_when_what_follows_it_fails() {
        CommitSha first = git.commit("first");
        forge.afterwards = (push, terminal) -> {
            throw new IllegalStateException("planning broke");
        };

        Ended push = git.tryRun("push", "plumbline", "main");

        assertThat(push.exit()).isZero();
        assertThat(push.output())
                .contains("was taken in, but the server failed to follow it", "plumbline status")
                .doesNotContain("planning broke")
                .doesNotContain("Exception");
        assertThat(forge.mirrors.find("main").orElseThrow().branch("main")).contains(first);
    }

    @Test
    void a_client_that_is_killed_interrupts_nothing_and_is_noticed() throws Exception {
        CommitSha first = git.commit("first");
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        forge.afterwards = (push, terminal) -> {
            await().atMost(20, SECONDS).until(terminal::gone);
            terminal.println("nobody reads this");
            ended.complete(Thread.currentThread().isInterrupted());
        };

        Process push = git.start("push", "plumbline", "main");
        await().atMost(20, SECONDS).until(() -> !forge.terminals.isEmpty());
        push.descendants().forEach(ProcessHandle::destroyForcibly);
        push.destroyForcibly();

        assertThat(ended.get(30, SECONDS)).isFalse();
        assertThat(forge.mirrors.find("main").orElseThrow().branch("main")).contains(first);
    }

    @Test
    void a_push_that_breaks_off_while_it_sends_leaves_nothing_behind() throws Exception {
        byte[] noise = new byte[12 << 20];
        new Random(7).nextBytes(noise);
        Files.write(git.folder().resolve("noise"), noise);
        CommitSha first = git.commit("first");
        String zero = "0".repeat(40);
        String line = zero + " " + first + " refs/heads/main\0report-status side-band-64k";
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        cut.writeBytes(String.format("%04x%s0000PACK", line.length() + 4, line).getBytes(StandardCharsets.US_ASCII));
        cut.writeBytes(new byte[] {0, 0, 0, 2, 0, 0, 0, 3});

        HttpResponse<String> answer =
                post("/git/main.git/git-receive-pack", "application/x-git-receive-pack-request", cut.toByteArray());
        Process push = git.start("push", "plumbline", "main");
        await().atMost(20, SECONDS).until(() -> forge.requests.get() > 1);
        push.descendants().forEach(ProcessHandle::destroyForcibly);
        push.destroyForcibly();
        push.waitFor();

        assertThat(answer.body()).contains("unpack error").doesNotContain("\tat ");
        git.run("push", "-q", "plumbline", "main:after");
        assertThat(forge.mirrors.find("main").orElseThrow().branches()).containsEntry("after", first);
        assertThat(forge.moved.get(forge.moved.size() - 1).changes())
                .extracting(RefChange::ref)
                .containsExactly("refs/heads/after");
    }

    @Test
    void the_push_can_be_written_down_before_any_ref_moves() {
        git.commit("first");
        git.run("push", "-q", "plumbline", "main");
        CommitSha second = git.commit("second");
        CompletableFuture<Optional<CommitSha>> then = new CompletableFuture<>();
        CompletableFuture<Boolean> there = new CompletableFuture<>();
        forge.before = push -> {
            var mirror = forge.mirrors.find("main").orElseThrow();
            then.complete(mirror.branch("main"));
            there.complete(mirror.has(second));
            return List.of();
        };

        git.run("push", "-q", "plumbline", "main");

        assertThat(then.join()).isPresent().isNotEqualTo(Optional.of(second));
        assertThat(there.join()).isTrue();
    }

    @Test
    void the_listener_may_refuse_one_ref_and_let_the_others_go_on() {
        git.commit("first");
        forge.before = push -> List.of(new Refusal("refs/heads/bad", "not\nthis one"));

        Ended push = git.tryRun("push", "plumbline", "main", "main:bad");

        assertThat(push.exit()).isEqualTo(1);
        assertThat(push.output()).contains("main -> bad (not this one)").contains("[new branch]      main -> main");
        assertThat(forge.mirrors.find("main").orElseThrow().branches()).containsOnlyKeys("main");
        assertThat(forge.moved.get(0).changes()).extracting(RefChange::ref).containsExactly("refs/heads/main");
    }

    @Test
    void a_push_that_can_not_be_written_down_is_refused_whole() {
        git.commit("first");
        forge.before = push -> {
            throw new IllegalStateException("disk full");
        };

        Ended push = git.tryRun("push", "plumbline", "main");

        assertThat(push.exit()).isEqualTo(1);
        assertThat(push.output()).contains("could not write the push down").doesNotContain("disk full");
        assertThat(forge.mirrors.find("main").orElseThrow().branches()).isEmpty();
        assertThat(forge.moved).isEmpty();
    }

    @Test
    void main_is_neither_deleted_nor_forced_and_other_refs_are_not_taken() {
        CommitSha first = git.commit("first");
        CommitSha second = git.commit("second");
        git.run("push", "-q", "plumbline", "main");

        assertThat(git.tryRun("push", "plumbline", ":main").output()).contains("main is what is applied");
        assertThat(git.tryRun("push", "-f", "plumbline", first + ":refs/heads/main")
                        .output())
                .contains("main only grows here");
        assertThat(git.tryRun("push", "plumbline", "main:refs/plumbline/x").output())
                .contains("only branches and tags can be pushed");
        assertThat(git.tryRun("push", "plumbline", "main:refs/notes/x").exit()).isNotZero();
        for (String baffling : List.of("refs/heads/HEAD", "refs/heads/-f", "refs/tags/-x")) {
            assertThat(git.tryRun("push", "plumbline", "main:" + baffling).output())
                    .contains("Git itself can't work with a branch or tag of that name");
        }
        assertThat(forge.mirrors.find("main").orElseThrow().branches())
                .containsEntry("main", second)
                .hasSize(1);
        assertThat(forge.pushes).hasSize(1);
    }

    @Test
    void our_own_refs_are_seen_by_no_client() throws Exception {
        CommitSha first = git.commit("first");
        git.run("push", "-q", "plumbline", "main");
        git.run("checkout", "-q", "-b", "side");
        CommitSha side = git.write("s", "s").commit("side");
        git.run("push", "-q", "plumbline", "side");
        var mirror = forge.mirrors.find("main").orElseThrow();
        mirror.previewMerge(first, side);
        var hidden = mirror.repository()
                .getRefDatabase()
                .getRefsByPrefix("refs/plumbline/")
                .get(0);

        for (String version : List.of("0", "2")) {
            assertThat(git.run("-c", "protocol.version=" + version, "ls-remote", "plumbline"))
                    .contains("refs/heads/side")
                    .doesNotContain("refs/plumbline");
            assertThat(git.tryRun(
                                    "-c",
                                    "protocol.version=" + version,
                                    "fetch",
                                    "plumbline",
                                    hidden.getObjectId().name())
                            .exit())
                    .isNotZero();
        }
    }

    @Test
    void a_wrong_or_missing_token_is_answered_with_a_challenge() throws Exception {
        git.commit("first");
        String wrong = forge.url("main").replace(ServedForge.TOKEN, "wrong");

        assertThat(git.tryRun("push", wrong, "main").output()).contains("Authentication failed");
        assertThat(forge.mirrors.names()).isEmpty();
        HttpResponse<String> bare =
                http(HttpRequest.newBuilder(forge.at("/git/main.git/info/refs?service=git-upload-pack")));
        assertThat(bare.statusCode()).isEqualTo(401);
        assertThat(bare.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"Plumbline\"");
    }

    @Test
    void fetching_what_is_not_there_says_so_and_makes_nothing() {
        Ended clone = new GitClient(temp).tryRun("clone", forge.url("nope"), "x");

        assertThat(clone.exit()).isNotZero();
        assertThat(clone.output()).contains("not found");
        git.commit("first");
        git.run("push", "-q", "--dry-run", "plumbline", "main");
        assertThat(forge.mirrors.names()).isEmpty();
    }

    @Test
    void a_large_push_and_a_long_negotiation_in_gzip_go_through() throws Exception {
        byte[] noise = new byte[8 << 20];
        new Random(7).nextBytes(noise);
        Files.write(git.folder().resolve("noise"), noise);
        git.commit("large");
        for (int i = 0; i < 60; i++) {
            git.run("commit", "-q", "--allow-empty", "-m", "c" + i);
        }
        git.run("push", "-q", "plumbline", "main");
        new GitClient(temp).run("clone", "-q", forge.url("main"), "clone");
        GitClient clone = new GitClient(temp.resolve("clone"));
        for (int i = 0; i < 60; i++) {
            clone.at(Instant.now().plusSeconds(i)).run("commit", "-q", "--allow-empty", "-m", "mine" + i);
        }
        CommitSha last = git.write("more", "m").commit("more");
        git.run("push", "-q", "plumbline", "main");

        // git zips requests of more than a kilobyte, which forty haves of the old protocol are
        clone.run("-c", "protocol.version=0", "fetch", "-q", "origin");

        assertThat(clone.run("rev-parse", "origin/main")).isEqualTo(last.hex());
        assertThat(temp.resolve("clone/noise")).hasBinaryContent(noise);
        assertThat(forge.zipped.get()).isPositive();
    }

    @Test
    void a_push_above_the_limit_is_refused_with_the_reason() throws Exception {
        byte[] noise = new byte[17 << 20];
        new Random(7).nextBytes(noise);
        Files.write(git.folder().resolve("noise"), noise);
        git.commit("too large");

        Ended push = git.tryRun("push", "plumbline", "main");

        assertThat(push.exit()).isEqualTo(1);
        assertThat(push.output()).contains("[remote rejected] main -> main").contains("size limit");
        assertThat(forge.pushes).isEmpty();
        assertThat(forge.mirrors.find("main").orElseThrow().branches()).isEmpty();
    }

    @Test
    void a_push_from_a_shallow_clone_is_refused_with_what_to_do_where_its_history_is_not_here() {
        git.write("a", "1").commit("first");
        git.write("a", "2").commit("second");
        Path folder = temp.resolve("shallow");
        git.run("clone", "-q", "--depth", "1", "file://" + git.folder(), folder.toString());
        GitClient shallow = new GitClient(folder);

        Ended refused = shallow.tryRun("push", forge.url("main"), "HEAD:refs/heads/main");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output())
                .contains("remote: the push builds on commits that this server does not have")
                .contains("git fetch --unshallow, and push again");
        assertThat(forge.mirrors.find("main").orElseThrow().branches()).isEmpty();
        shallow.run("fetch", "-q", "--unshallow");
        shallow.run("push", "-q", forge.url("main"), "HEAD:refs/heads/main");
        assertThat(forge.mirrors.find("main").orElseThrow().main()).contains(shallow.head());
    }

    @Test
    void a_push_from_a_shallow_clone_is_taken_where_the_rest_of_its_history_is_here() {
        git.write("a", "1").commit("first");
        git.write("a", "2").commit("second");
        git.run("push", "-q", "plumbline", "main");
        Path folder = temp.resolve("shallow");
        git.run("clone", "-q", "--depth", "1", "file://" + git.folder(), folder.toString());
        GitClient shallow = new GitClient(folder);
        shallow.write("a", "3").commit("third");

        shallow.run("push", "-q", forge.url("main"), "HEAD:refs/heads/main");

        assertThat(forge.mirrors.find("main").orElseThrow().main()).contains(shallow.head());
    }

    @Test
    void two_branches_are_pushed_at_once() throws Exception {
        git.commit("first");
        git.run("push", "-q", "plumbline", "main");
        git.run("branch", "one");
        git.run("branch", "two");
        CountDownLatch both = new CountDownLatch(2);
        forge.afterwards = (push, terminal) -> {
            both.countDown();
            terminal.println(ServedForge.within(both) ? "together" : "alone");
        };

        CompletableFuture<Ended> one = CompletableFuture.supplyAsync(() -> git.tryRun("push", "plumbline", "one"));
        CompletableFuture<Ended> two = CompletableFuture.supplyAsync(() -> git.tryRun("push", "plumbline", "two"));

        assertThat(one.get(60, SECONDS).output()).contains("remote: together");
        assertThat(two.get(60, SECONDS).output()).contains("remote: together");
        assertThat(forge.mirrors.find("main").orElseThrow().branches()).containsOnlyKeys("main", "one", "two");
    }

    @Test
    void of_two_pushes_that_race_for_one_branch_one_loses_and_moves_nothing() {
        git.commit("first");
        git.run("push", "-q", "plumbline", "main");
        CommitSha winner = git.commit("winner");
        git.run("branch", "winner");
        git.run("checkout", "-q", "-b", "loser", "HEAD~1");
        git.write("l", "l").commit("loser");
        AtomicBoolean nested = new AtomicBoolean();
        forge.before = push -> {
            if (nested.compareAndSet(false, true)) {
                git.run("push", "-q", "plumbline", "winner:main");
            }
            return List.of();
        };

        Ended push = git.tryRun("push", "plumbline", "loser:main");

        assertThat(push.exit()).isEqualTo(1);
        assertThat(forge.mirrors.find("main").orElseThrow().branch("main")).contains(winner);
        assertThat(forge.moved.get(forge.moved.size() - 1).changes()).isEmpty();
    }

    @Test
    void nonsense_is_answered_with_a_client_error_and_no_stack_trace() throws Exception {
        git.commit("first");
        git.run("push", "-q", "plumbline", "main");
        String upload = "application/x-git-upload-pack-request";
        String receive = "application/x-git-receive-pack-request";
        List<HttpResponse<String>> answers = List.of(
                post("/git/main.git/git-receive-pack", receive, "rubbish".getBytes(StandardCharsets.UTF_8)),
                post("/git/main.git/git-receive-pack", receive, new byte[0]),
                post("/git/main.git/git-receive-pack", receive, "00a40000".getBytes(StandardCharsets.UTF_8)),
                post("/git/main.git/git-upload-pack", upload, "rubbish".getBytes(StandardCharsets.UTF_8)),
                post("/git/main.git/git-upload-pack", upload, "0032want 00".getBytes(StandardCharsets.UTF_8)),
                post("/git/main.git/git-upload-pack", "text/plain", new byte[0]),
                post("/git/main.git/info/refs", upload, new byte[0]),
                get("/git/main.git/info/refs"),
                get("/git/main.git/info/refs?service=%00&x"),
                get("/git/main.git/git-upload-pack"),
                get("/git/main.git/HEAD"),
                get("/git/..%2f..%2fetc.git/info/refs?service=git-upload-pack"),
                get("/git/a%20b.git/info/refs?service=git-receive-pack"),
                get("/git/"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode())
                    .as(answer.request() + " " + answer.body())
                    .isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
        });
    }

    @Test
    void a_small_zip_that_swells_is_stopped() throws Exception {
        git.commit("first");
        git.run("push", "-q", "plumbline", "main");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            byte[] have = ("0032have " + "0".repeat(40) + "\n").getBytes(StandardCharsets.US_ASCII);
            String tip = forge.mirrors
                    .find("main")
                    .orElseThrow()
                    .branch("main")
                    .orElseThrow()
                    .hex();
            zip.write(("0032want " + tip + "\n0000").getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < (20 << 20) / have.length; i++) {
                zip.write(have);
            }
        }

        HttpResponse<String> answer = http(request("/git/main.git/git-upload-pack")
                .header("Content-Type", "application/x-git-upload-pack-request")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray())));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void odd_branch_names_and_messages_pass_as_they_are() {
        CommitSha odd = git.write("x", "x").commit("red \u001B[31m alarm");
        git.run("push", "-q", "plumbline", "main:wip/é\uD83D\uDE80\"'$(x)");

        assertThat(forge.pushes.get(0).changes().get(0).branch()).contains("wip/é\uD83D\uDE80\"'$(x)");
        assertThat(forge.mirrors.find("main").orElseThrow().commit(odd).subject())
                .isEqualTo("red \u001B[31m alarm");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http(request(path));
    }

    private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        return http(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path) {
        String pair = Base64.getEncoder().encodeToString(("ada:" + ServedForge.TOKEN).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(forge.at(path).toString())).header("Authorization", "Basic " + pair);
    }

    private static HttpResponse<String> http(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
