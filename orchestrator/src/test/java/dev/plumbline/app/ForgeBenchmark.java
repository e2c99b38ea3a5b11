package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import dev.plumbline.RealParts;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes on a real Gitea from a webhook to the final comment, beside bare Terraform in the same run, and how a flood of
 * webhooks is answered. Prints a table; nothing fails because something is slow. Not one of the tests: docs/benchmark.md says how
 * to run it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgeBenchmark {
    private static final String SECRET = "known-to-the-benchmark";
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int A_SECOND = 500;
    private static final int SECONDS = Integer.getInteger("benchmark.seconds", 60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StringBuilder table = new StringBuilder();

    @Test
    void from_a_webhook_to_the_final_comment(@TempDir Path folder) throws IOException {
        try (RealGitea gitea = RealGitea.started(folder.resolve("gitea"))) {
            measure(gitea, folder.resolve("one"), 1, 6);
            measure(gitea, folder.resolve("hundred"), 100, 3);
        }
        System.out.println(table);
    }

    private void measure(RealGitea gitea, Path folder, int stacks, int rounds) throws IOException {
        RealGitea.Person ada = gitea.person("ada" + stacks);
        gitea.repository(ada, "infra");
        String path = ada.name() + "/infra";
        Repo repo = new Repo(GitClient.init(folder.resolve("checkout")), () -> ada.remote(path));
        try (CountedForge counted = new CountedForge(gitea.url());
                ServerFixture plumbline =
                        ServerFixture.started(folder, """
                        forges:
                          - { name: work, kind: gitea, url: "%s", token: "%s", webhook_secret: %s, poll: 1h }
                        repositories: [{ forge: work, name: %s }]
                        """.formatted(counted.url(), gitea.adminToken(), SECRET, path))) {
            write(repo, stacks, "first");
            repo.commit("First").push("main");
            plumbline.looksAgain();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> plumbline
                            .json("status")
                            .get("stacks")
                            .valueStream()
                            .allMatch(stack -> stack.path("state").asString().equals("awaiting-approval")));
            plumbline.does("approve", "--all");
            List<Double> ours = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            List<Long> calls = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                repo.checkout("main").branch("round-" + round);
                write(repo, stacks, "round " + round);
                repo.commit("Round " + round).push("round-" + round);
                if (round % 2 == 0) {
                    bare.add(bare(repo, stacks));
                }
                open(ada, path, "round-" + round);
                counted.forget();
                long began = System.nanoTime();
                deliver(plumbline.server().url(), path, "round-" + round + "-" + stacks);
                long ended = finished(counted, stacks);
                ours.add((ended - began) / 1e6);
                if (round % 2 == 1) {
                    bare.add(bare(repo, stacks));
                }
                // What is told last may come after the comment.
                plumbline.looksAgain();
                calls.add((long) counted.writes().size());
            }
            row(stacks, ours.subList(1, rounds), bare.subList(1, rounds), calls.subList(1, rounds));
        }
    }

    private static void write(Repo repo, int stacks, String value) {
        IntStream.range(0, stacks).forEach(i -> repo.stack("stacks/s" + i, value));
    }

    private static void open(RealGitea.Person ada, String path, String branch) {
        Map<String, String> pull = Map.of("head", branch, "base", "main", "title", branch, "body", "");
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(refused -> refused instanceof AssertionError)
                .until(() -> ada.does("POST", "/repos/" + path + "/pulls", pull)
                                .path("number")
                                .asLong()
                        > 0);
    }

    private static long finished(CountedForge forge, int stacks) {
        String text = stacks + (stacks == 1 ? " stack planned" : " stacks planned");
        return Awaitility.await("the final comment")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> forge.writes().stream()
                                .filter(write -> write.path().contains("/comments")
                                        && write.body().contains(text))
                                .mapToLong(CountedForge.Write::nanos)
                                .findFirst()
                                .orElse(0),
                        nanos -> nanos != 0);
    }

    private double bare(Repo repo, int stacks) throws IOException {
        Path list = repo.folder().resolveSibling("stacks.txt");
        Files.writeString(
                list,
                String.join(
                        "\n",
                        IntStream.range(0, stacks)
                                .mapToObj(i ->
                                        repo.folder().resolve("stacks/s" + i).toString())
                                .toList()));
        String plan = """
                cd "$1" && rm -rf .terraform* && '%s' init -input=false >/dev/null && '%s' plan -input=false >/dev/null; rm -rf .terraform*
                """.formatted(RealParts.terraform(), RealParts.terraform());
        long began = System.nanoTime();
        Process loop = new ProcessBuilder(
                        "xargs", "-a", list.toString(), "-P", String.valueOf(CORES), "-n", "1", "sh", "-c", plan, "sh")
                .inheritIO()
                .start();
        try {
            assertThat(loop.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        assertThat(loop.exitValue()).isZero();
        return (System.nanoTime() - began) / 1e6;
    }

    private void row(int stacks, List<Double> ours, List<Double> bare, List<Long> calls) {
        table.append(String.format(
                Locale.ROOT,
                "| from a webhook to the final comment, %d of %d stacks | %s ms | %s ms | %.2f | %d–%d calls that write |%n",
                stacks,
                stacks,
                figures(ours),
                figures(bare),
                median(ours) / median(bare),
                calls.stream().mapToLong(Long::longValue).min().orElse(0),
                calls.stream().mapToLong(Long::longValue).max().orElse(0)));
    }

    private static String figures(List<Double> all) {
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return String.format(Locale.ROOT, "%.0f / %.0f / %.0f", sorted[0], median(all), sorted[sorted.length - 1]);
    }

    private static double median(List<Double> all) {
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    @Test
    void a_flood_of_webhooks(@TempDir Path folder) {
        try (RealGitea gitea = RealGitea.started(folder.resolve("gitea"))) {
            RealGitea.Person ada = gitea.person("ada");
            gitea.repository(ada, "infra");
            try (ServerFixture plumbline = ServerFixture.started(
                    folder.resolve("site"), """
                    forges:
                      - { name: work, kind: gitea, url: "%s", token: "%s", webhook_secret: %s, poll: 1h }
                    repositories: [{ forge: work, name: ada/infra }]
                    """.formatted(gitea.url(), gitea.adminToken(), SECRET))) {
                // As everywhere, the first round warms up and doesn't count.
                flood(plumbline, "warm-up-", 10);
                table.setLength(0);
                flood(plumbline, "flood-", SECONDS);
            }
        }
        System.out.println(table);
    }

    /** Every tenth is one that came before. */
    private void flood(ServerFixture plumbline, String named, int seconds) {
        URI server = plumbline.server().url();
        long known = plumbline.number("SELECT COUNT(*) FROM hook_delivery");
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
        Set<String> failures = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<?>> all = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        int total = A_SECOND * seconds;
        long began = System.nanoTime();
        for (int i = 0; i < total; i++) {
            String delivery = named + (i % 10 == 9 ? i - 9 : i);
            HttpRequest request = request(server, "ada/infra", delivery);
            CompletableFuture<Void> sent = new CompletableFuture<>();
            all.add(sent);
            long at = began + i * 1_000_000_000L / A_SECOND;
            clock.schedule(
                    () -> {
                        long start = System.nanoTime();
                        http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                                .whenComplete((answer, failure) -> {
                                    nanos.add(System.nanoTime() - start);
                                    answers.add(failure == null ? answer.statusCode() : 0);
                                    if (failure != null) {
                                        failures.add(String.valueOf(failure.getMessage()));
                                    }
                                    sent.complete(null);
                                });
                    },
                    Math.max(0, at - System.nanoTime()),
                    TimeUnit.NANOSECONDS);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        clock.shutdown();
        double took = (System.nanoTime() - began) / 1e9;
        long[] sorted = LongStream.of(nanos.stream().mapToLong(Long::longValue).toArray())
                .sorted()
                .toArray();
        long good = answers.stream().filter(status -> status / 100 == 2).count();
        long written = plumbline.number("SELECT COUNT(*) FROM hook_delivery") - known;
        answers.stream()
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()))
                .forEach((status, count) -> table.append(status + ": " + count + "\n"));
        failures.forEach(failure -> table.append("failed: ").append(failure).append('\n'));
        table.append(String.format(
                Locale.ROOT,
                "| %d webhooks in %.0f s, every tenth a repetition | p50 %.1f ms, p99 %.1f ms, most %.1f ms | %d of %d answered"
                        + " 2xx | %d written down, %d sent |%n",
                total,
                took,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[sorted.length - 1] / 1e6,
                good,
                total,
                written,
                total - total / 10));
    }

    private void deliver(URI server, String path, String delivery) {
        try {
            HttpResponse<Void> answer =
                    http.send(request(server, path, delivery), HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(202);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest request(URI server, String path, String delivery) {
        byte[] body = ("{\"action\":\"opened\",\"repository\":{\"full_name\":\"" + path + "\"},\"filler\":\""
                        + "x".repeat(8_000) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(server + "/webhooks/work"))
                .header("Content-Type", "application/json")
                .header("X-Gitea-Event", "pull_request")
                .header("X-Gitea-Delivery", delivery)
                .header("X-Gitea-Signature", signature(body))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
