package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import dev.plumbline.access.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} of a server that works, and the files that are shipped for it. */
class MetricsIT {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern SERIES = Pattern.compile("([a-z0-9_]+(?:\\{[^}]*})?) ([-+0-9.Ee]+|NaN)");
    private static final Pattern NAME = Pattern.compile("\\b(?:plumbline|jvm|process|system)_[a-z0-9_]+\\b");

    /** promtool's exit status where all can be read, and only names are not as it likes them: those of the JVM are not ours. */
    private static final int ONLY_NAMES = 3;

    private static final String AGE = "plumbline_remote_seen_age_seconds";

    @TempDir
    private Path folder;

    @Test
    void runs_approvals_drift_and_pushes_are_counted_and_no_label_names_a_stack() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            ServerFixture.Holder watcher = plumbline.holder("prometheus", Role.READ);
            Map<String, Double> before = series(watcher);
            assertThat(before)
                    .containsEntry("plumbline_ready", 1.0)
                    .containsEntry("plumbline_runs_total{outcome=\"applied\",phase=\"apply\"}", 0.0)
                    .containsEntry("plumbline_pushes_total", 0.0)
                    .containsEntry("plumbline_queue_oldest_seconds", 0.0);
            plumbline
                    .repo("main")
                    .stack("stacks/a", "one")
                    .stack("stacks/b", "two")
                    .commit("First")
                    .push("main");

            Map<String, Double> waiting = series(watcher);

            assertThat(waiting)
                    .containsEntry("plumbline_runs_total{outcome=\"planned\",phase=\"plan\"}", 2.0)
                    .containsEntry("plumbline_run_seconds_count{phase=\"plan\"}", 2.0)
                    .containsEntry("plumbline_run_seconds_bucket{phase=\"plan\",le=\"+Inf\"}", 2.0)
                    .containsEntry("plumbline_run_wait_seconds_count{phase=\"plan\"}", 2.0)
                    .containsEntry("plumbline_approvals_waiting", 2.0)
                    .containsEntry("plumbline_pushes_total", 1.0)
                    .containsEntry("plumbline_stacks", 0.0);
            assertThat(waiting.get("plumbline_approvals_oldest_seconds")).isPositive();
            plumbline.hold("apply", "stacks/a");
            assertThat(plumbline.cli("approve", "--no-wait", "--all").exit()).isZero();
            plumbline.awaitsCalls("apply", 2).awaits("stacks/b", "applied");

            assertThat(series(watcher)).containsEntry("plumbline_runs_live{phase=\"apply\"}", 1.0);
            plumbline.release("apply");
            plumbline.awaits("stacks/a", "applied");
            assertThat(plumbline.cli("drift", "check").exit()).isZero();
            assertThat(series(watcher))
                    .containsEntry("plumbline_runs_total{outcome=\"applied\",phase=\"apply\"}", 2.0)
                    .containsEntry("plumbline_runs_total{outcome=\"no-changes\",phase=\"drift\"}", 2.0)
                    .containsEntry("plumbline_approvals_waiting", 0.0)
                    .containsEntry("plumbline_stacks", 2.0)
                    .containsEntry("plumbline_divergences_open", 0.0)
                    .containsEntry("plumbline_runs_live{phase=\"apply\"}", 0.0);
            assertThat(watcher.get("/metrics").body()).doesNotContain("stacks/a", "stacks/b", "ada");
        }
    }

    @Test
    void a_run_that_waits_for_its_lane_is_told_apart_from_one_that_waits_for_a_place() {
        try (ServerFixture plumbline = ServerFixture.started(folder, "limits: { parallel_runs: 1 }\n")) {
            ServerFixture.Holder watcher = plumbline.holder("prometheus", Role.READ);
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").stack("stacks/b", "two");
            plumbline.hold("plan", "stacks/");
            repo.commit("First").push("-odetach", "main");
            plumbline.awaitsCalls("plan", 1);

            Map<String, Double> series = series(watcher);

            assertThat(series)
                    .containsEntry("plumbline_places", 1.0)
                    .containsEntry("plumbline_runs_live{phase=\"plan\"}", 1.0)
                    .containsEntry("plumbline_runs_waiting_place{phase=\"plan\"}", 1.0)
                    .containsEntry("plumbline_runs_waiting_lane{phase=\"plan\"}", 0.0);
            assertThat(series.get("plumbline_queue_oldest_seconds")).isPositive();
        }
    }

    /** A server that looks at repositories elsewhere when it is asked. */
    private ServerFixture watching(String... repositories) {
        return ServerFixture.started(
                folder,
                "forges:\n- { name: work, kind: git, url: " + folder.resolve("git")
                        + ", poll: 1h }\n- { name: hub, kind: github, url: \"http://127.0.0.1:9\", token: t-1 }\n"
                        + "repositories:\n"
                        + Stream.of(repositories)
                                .map(name -> "  - { forge: work, name: " + name + " }\n")
                                .collect(Collectors.joining()));
    }

    @Test
    void each_repository_that_lives_elsewhere_says_when_it_was_seen_and_whether_it_fails() throws IOException {
        Path infra = RemoteSite.made(folder.resolve("git/infra.git"), "main").bare();
        try (ServerFixture plumbline = watching("infra", "gone")) {
            ServerFixture.Holder watcher = plumbline.holder("prometheus", Role.READ);
            plumbline.awaitsRemote("infra", "fine").awaitsRemote("gone", "gone").clockMoves(Duration.ofHours(2));

            assertThat(series(watcher))
                    .hasEntrySatisfying(
                            AGE + "{repository=\"infra\"}",
                            age -> assertThat(age).isGreaterThan(7000))
                    .containsEntry("plumbline_remote_troubled{repository=\"infra\"}", 0.0)
                    .containsEntry(AGE + "{repository=\"gone\"}", Double.NaN)
                    .containsEntry("plumbline_remote_troubled{repository=\"gone\"}", 1.0);
            plumbline.cli("fetch", "infra");
            assertThat(series(watcher).get(AGE + "{repository=\"infra\"}")).isLessThan(3600);
            Files.move(infra, infra.resolveSibling("moved"));
            plumbline.cli("fetch", "infra");
            assertThat(series(watcher)).containsEntry("plumbline_remote_troubled{repository=\"infra\"}", 1.0);
        }
    }

    @Test
    void the_dashboard_the_alerts_and_the_page_name_only_what_there_is_and_the_page_names_all_of_it()
            throws IOException {
        try (ServerFixture plumbline = watching("infra")) {
            Set<String> all = series(plumbline.holder("prometheus", Role.READ)).keySet();
            Set<String> there = new TreeSet<>();
            all.forEach(series -> there.add(series.replaceFirst("\\{.*", "")));

            for (String file : Set.of("grafana-dashboard.json", "prometheus-alerts.yaml")) {
                assertThat(names(file)).as(file).isNotEmpty().isSubsetOf(there);
            }
            Set<String> own = new TreeSet<>();
            there.stream()
                    .filter(name -> name.startsWith("plumbline_"))
                    .map(name -> name.replaceFirst("(_seconds)_(bucket|count|sum|max)$", "$1"))
                    .forEach(own::add);
            Set<String> told = new TreeSet<>(names("metrics.md"));
            told.removeIf(name -> !name.startsWith("plumbline_"));
            // There once a forge has said how much it still takes; GitHubAppStoryIT shows it.
            own.add("plumbline_forge_budget_remaining");
            assertThat(told).containsExactlyElementsOf(own);
            for (String label : List.of("phase", "outcome")) {
                assertThat(valuesTold(label)).as(label).containsExactlyElementsOf(values(all, label));
            }
        }
    }

    @Test
    void promtool_finds_nothing_wrong_with_the_metrics_or_the_alerts() throws Exception {
        Path promtool = RealParts.program("promtool");
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            HttpResponse<String> answer =
                    plumbline.holder("prometheus", Role.READ).get("/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            Path text = Files.writeString(folder.resolve("metrics"), answer.body());

            assertThat(run(new ProcessBuilder(promtool.toString(), "check", "rules", DOCS + "/prometheus-alerts.yaml")))
                    .returns(0, Ended::status)
                    .extracting(Ended::said)
                    .asString()
                    .contains("SUCCESS");
            Ended metrics =
                    run(new ProcessBuilder(promtool.toString(), "check", "metrics").redirectInput(text.toFile()));
            assertThat(metrics.status()).as(metrics.said()).isIn(0, ONLY_NAMES);
            assertThat(metrics.said().lines()).allMatch(line -> line.matches("(jvm|process|system)_.*"));
        }
    }

    private record Ended(int status, String said) {}

    private static Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private static Set<String> names(String file) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(Files.readString(DOCS.resolve(file)));
        while (name.find()) {
            if (!name.group().endsWith("_")) {
                names.add(name.group());
            }
        }
        return names;
    }

    /** What the page says that a label can be: {@code `phase` is `plan`, … or `state`}. */
    private static Set<String> valuesTold(String label) throws IOException {
        Matcher sentence =
                Pattern.compile("`" + label + "` is ([^;.]+)").matcher(Files.readString(DOCS.resolve("metrics.md")));
        assertThat(sentence.find()).isTrue();
        return found(Pattern.compile("`([^`]+)`"), sentence.group(1));
    }

    private static Set<String> values(Set<String> series, String label) {
        return found(Pattern.compile("[{,]" + label + "=\"([^\"]+)\""), String.join("\n", series));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Double> series(ServerFixture.Holder watcher) {
        HttpResponse<String> answer = watcher.get("/metrics");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Map<String, Double> series = new TreeMap<>();
        answer.body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher match = SERIES.matcher(line);
            assertThat(match.matches()).as(line).isTrue();
            series.put(match.group(1), Double.valueOf(match.group(2)));
        });
        return series;
    }
}
