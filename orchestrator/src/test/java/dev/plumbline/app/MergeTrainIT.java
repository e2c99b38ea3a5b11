package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitLabGround;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitLab's merge trains: the pipeline of an entry asks whether its commit brings what was reviewed. */
class MergeTrainIT {
    private static final Pattern SCRIPT = Pattern.compile("(?s) {2}script:\n {4}- \\|\n(.*?)```");

    @TempDir
    private Path folder;

    private GitLabGround gitlab;
    private StorySite site;

    @BeforeEach
    void begin() {
        gitlab = new GitLabGround(folder.resolve("forge"));
        site = new StorySite(gitlab, folder, "1s");
        site.repo().stack("stacks/other", "one");
        site.applied().plumbline().does("approve", "--all");
    }

    @AfterEach
    void end() {
        site.close();
        gitlab.close();
    }

    private long planned(String branch, String value) {
        long pull = site.opened(branch, value);
        site.awaitsComment(pull, "1 stack planned");
        return pull;
    }

    private long plannedOther() {
        site.repo()
                .checkout("main")
                .branch("other")
                .stack("stacks/other", "two")
                .commit("Other")
                .push("other");
        long pull = gitlab.opens("ada", "other", "Other", false);
        site.awaitsComment(pull, "1 stack planned");
        return pull;
    }

    private HttpResponse<String> asked(String commit, long pull) {
        return site.plumbline()
                .owner("/api/v1/commits/" + commit + "?repository=" + ForgeGround.REPOSITORY + "&pull=" + pull);
    }

    @Test
    void the_job_of_the_page_passes_for_what_was_reviewed_though_others_go_before_it() throws Exception {
        long other = plannedOther();
        long pull = planned("wider", "10.1");

        Job job = job(gitlab.train(other, pull), pull);
        assertThat(job.exit()).as(job.output()).isZero();
        assertThat(job.output()).contains("it brings what was reviewed", "stacks/network");
        assertThat(site.plumbline().calls("plan"))
                .as("nothing is planned for it")
                .isEqualTo(4);
    }

    @Test
    void what_was_reviewed_passes_behind_others_that_are_squashed() {
        long other = plannedOther();
        long pull = planned("wider", "10.1");

        HttpResponse<String> answer = asked(gitlab.squashingTrain(other, pull), pull);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void stacks_that_only_a_label_had_planned_do_not_hold_a_train_up() {
        long pull = planned("wider", "10.1");
        gitlab.labels(pull, "plumbline:plan-all");
        site.awaitsComment(pull, "2 stacks planned");

        assertThat(asked(gitlab.train(pull), pull).statusCode()).isEqualTo(200);
    }

    @Test
    void the_job_of_the_page_fails_with_our_reason_where_an_earlier_one_touches_the_same_stack() throws Exception {
        long first = planned("wider", "10.1");
        site.repo()
                .checkout("main")
                .branch("output")
                .write("stacks/network/outputs.tf", "output \"more\" { value = 1 }\n")
                .commit("One more output")
                .push("output");
        long second = gitlab.opens("ada", "output", "One more output", false);
        site.awaitsComment(second, "1 stack planned");

        Job job = job(gitlab.train(first, second), second);
        assertThat(job.exit()).isNotZero();
        assertThat(job.output())
                .contains(
                        "stacks/network is also touched by #" + first + ", which comes before it",
                        "Re-queue it after #" + first + " is applied");
    }

    @Test
    void what_is_not_what_was_reviewed_is_refused() {
        long pull = planned("wider", "10.1");
        String before = gitlab.train(pull);
        assertThat(asked(before, pull).statusCode()).isEqualTo(200);

        site.repo().stack("stacks/network", "10.2").commit("Wider still").push("wider");
        site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
        assertThat(asked(before, pull).body()).contains("what it makes of stacks/network is not what was reviewed");

        site.repo()
                .branch("smuggled")
                .write("stacks/third/main.tf", "# third\n")
                .commit("Third");
        String smuggled = site.repo().head();
        String train = smuggled + ":refs/merge-requests/" + pull + "/train";
        site.repo().run("push", "-q", "-f", gitlab.remote("ada", ForgeGround.REPOSITORY), train);
        HttpResponse<String> refused = asked(smuggled, pull);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("it also touches stacks/third, of which #" + pull + " shows no plan");
    }

    @Test
    void what_a_policy_of_main_refuses_is_turned_away() {
        site.repo()
                .checkout("main")
                .write("policies/still.yaml", "refuse: [{actions: [update], resources: [terraform_data.*]}]\n")
                .commit("Stand still")
                .push("main");
        site.repo()
                .branch("wider")
                .stack("stacks/network", "10.1")
                .commit("Wider")
                .push("wider");
        long pull = gitlab.opens("ada", "wider", "Wider", false);
        site.awaitsComment(pull, "refused by policy");

        HttpResponse<String> refused = asked(gitlab.train(pull), pull);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("#" + pull + ": policy still refuses stacks/network: it would update terraform_data.it");
    }

    @Test
    void a_commit_that_main_left_behind_and_one_that_nobody_made_are_refused() {
        long other = plannedOther();
        long pull = planned("wider", "10.1");
        String before = gitlab.train(pull);
        assertThat(asked(before, pull).statusCode()).isEqualTo(200);
        gitlab.merges("ada", other);
        site.awaitsComment(other, "Plumbline: applied");
        site.awaitsComment(pull, "1 stack planned");

        assertThat(asked(before, pull).body()).contains("does not have all that main has now");
        assertThat(asked("0".repeat(40), pull).body()).contains("nor what a train makes of #" + pull + " now");
        assertThat(asked(gitlab.train(pull), pull).statusCode()).isEqualTo(200);
        assertThat(asked(before, 4_711).body()).contains("#4711 was not planned");
    }

    private record Job(int exit, String output) {}

    /** Runs the job as GitLab's runner does: with its variables, and up to the first line that fails. */
    private Job job(String commit, long pull) throws IOException, InterruptedException {
        Matcher script = SCRIPT.matcher(Files.readString(Path.of("../docs/gitlab.md")));
        assertThat(script.find()).isTrue();
        Path out = folder.resolve("job.out");
        ProcessBuilder job = new ProcessBuilder(
                        "sh", "-e", "-c", script.group(1).indent(-6))
                .directory(Files.createDirectories(folder.resolve("job")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        job.environment()
                .putAll(Map.of(
                        "PLUMBLINE_URL",
                        site.plumbline().server().url().toString(),
                        "PLUMBLINE_TOKEN",
                        site.plumbline().holder("train-" + pull, Role.READ).token(),
                        "CI_COMMIT_SHA",
                        commit,
                        "CI_PROJECT_PATH",
                        ForgeGround.REPOSITORY,
                        "CI_MERGE_REQUEST_IID",
                        String.valueOf(pull)));
        Process process = job.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Job(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }
}
