package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** When a real Gitea is told what, and how often. */
class PullToldIT extends OnGitea {
    @Test
    void a_pull_request_of_one_stack_takes_eight_writes_at_most_and_its_statuses_are_told_once_each(
            @TempDir Path folder) {
        GiteaSite site = site(folder, "one");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            int before = gitea.writes(site.at("")).size();

            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            String head = site.repo().head();
            site.awaitsStatus(head, "plumbline/plan", "success");
            site.awaitsStatus(head, "plumbline/plan: stacks/network", "success");
            Awaitility.await("polls that find nothing new tell nothing")
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> gitea.writes(site.at("")).size() - before, writes -> writes >= 4 && writes <= 8);
            assertThat(told(site, head))
                    .allSatisfy((context, states) -> assertThat(states).doesNotHaveDuplicates());

            site.merged(pull);
            site.awaitsStatus(site.main(), "plumbline/apply", "success");
            site.awaitsStatus(site.main(), "plumbline/apply: stacks/network", "success");
            assertThat(told(site, site.main()))
                    .allSatisfy((context, states) -> assertThat(states).doesNotHaveDuplicates());
        }
    }

    @Test
    void a_pull_request_that_touches_no_stack_can_be_merged_where_the_plan_is_required(@TempDir Path folder) {
        GiteaSite site = site(folder, "none");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            site.repo()
                    .branch("words")
                    .write("README.md", "Words\n")
                    .commit("Words")
                    .push("words");
            long pull = site.opened("words", "Words", "");

            site.awaitsComment(pull, "no stack is affected");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");
            assertThat(told(site, site.repo().head())).containsOnlyKeys("plumbline/plan");
        }
    }

    @Test
    void the_comment_fills_as_stacks_finish_though_nobody_looks_at_the_forge(@TempDir Path folder) {
        GiteaSite site = site(folder, "filling");
        try (ServerFixture plumbline = site.plumbline("1h")) {
            site.applied(plumbline);
            plumbline.hold("plan", "stacks/slow");
            site.repo()
                    .branch("two")
                    .stack("stacks/quick", "1")
                    .stack("stacks/slow", "1")
                    .commit("Two")
                    .push("two");
            long pull = site.opened("two", "Two", "");
            plumbline.looksAgain();

            site.awaitsComment(pull, "### Plumbline: planning 2 stacks");
            site.awaitsComment(pull, "<code>stacks/quick</code> | planned |");
            assertThat(site.comment(pull)).contains("planning 2 stacks", "<code>stacks/slow</code> | planning |");

            plumbline.release("plan");
            site.awaitsComment(pull, "### Plumbline: 2 stacks planned");
            assertThat(site.comments(pull)).hasSize(1);
        }
    }

    @Test
    void of_many_stacks_only_the_overall_status_is_told_and_few_writes_tell_it_all(@TempDir Path folder) {
        GiteaSite site = site(folder, "many");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            Repo repo = site.repo().branch("many");
            IntStream.range(0, 40).forEach(each -> repo.stack("stacks/s" + each, "1"));
            repo.commit("Many").push("many");
            int before = gitea.writes(site.at("")).size();
            long pull = site.opened("many", "Many", "");

            site.awaitsComment(pull, "### Plumbline: 40 stacks planned");
            site.awaitsStatus(repo.head(), "plumbline/plan", "success");

            assertThat(told(site, repo.head())).containsOnlyKeys("plumbline/plan");
            assertThat(gitea.writes(site.at("")).size() - before).isBetween(4, 30);
        }
    }

    @Test
    void closing_stops_its_plans_deletes_what_they_left_and_says_so(@TempDir Path folder) {
        GiteaSite site = site(folder, "closing");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            plumbline.hold("plan", "stacks/slow");
            site.repo()
                    .branch("two")
                    .stack("stacks/quick", "1")
                    .stack("stacks/slow", "1")
                    .commit("Two")
                    .push("two");
            long pull = site.opened("two", "Two", "");
            site.awaitsComment(pull, "<code>stacks/quick</code> | planned |");
            assertThat(planFiles(plumbline)).isNotEmpty();

            ada.does("PATCH", site.at("pulls/" + pull), Map.of("state", "closed"));

            site.awaitsComment(pull, "### Plumbline: closed");
            assertThat(site.comment(pull)).contains("its plans are stopped and deleted");
            Awaitility.await("no plan file is left")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> planFiles(plumbline).isEmpty());
            Awaitility.await("the other plan is stopped")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> plumbline.runs("plan").stream()
                            .map(run -> run.path("state").asString())
                            .anyMatch("cancelled"::equals));
        }
    }

    private static List<Path> planFiles(ServerFixture plumbline) {
        try (Stream<Path> all = Files.walk(plumbline.home().resolve("artifacts"))) {
            return all.filter(file -> file.endsWith("to-apply")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All statuses of a commit that were ever posted, by their names. */
    private Map<String, List<String>> told(GiteaSite site, String commit) {
        JsonNode all = gitea.get(site.at("commits/" + commit + "/statuses"));
        return StreamSupport.stream(all.spliterator(), false)
                .collect(Collectors.groupingBy(
                        status -> status.path("context").asString(),
                        Collectors.mapping(
                                status -> status.path("status").asString()
                                        + status.path("description").asString(),
                                Collectors.toList())));
    }
}
