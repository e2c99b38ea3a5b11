package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.policy.Verdict;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.Phase;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.secret.Encryption;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.MemoryTree;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.terraform.plan.PlanArchive;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept plans are looked into only where a policy asks for that, and then once. */
class PlanVerdictsTest {
    private static final String MODEL = "runs/r1/model";
    private static final String SECRETS = "runs/r1/secrets";
    private static final MemoryTree POLICY =
            MemoryTree.empty().with("policies/p.yaml", "refuse: [{actions: [destroy]}]\n");

    @TempDir
    private Path folder;

    private Artifacts artifacts;
    private PlanVerdicts verdicts;

    @BeforeEach
    void keep_a_plan() {
        SecureRandom random = new SecureRandom();
        artifacts = new Artifacts(folder, new Encryption(ServerKey.random(random), random));
        verdicts = new PlanVerdicts(new KeptPlans(artifacts));
        byte[] shown = """
                {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
                  {"address": "a_b.hunter2", "mode": "managed", "type": "a_b", "name": "hunter2", "provider_name": "p",
                   "change": {"actions": ["delete"], "before": {}, "after": null, "after_unknown": {}}}]}
                """.getBytes(StandardCharsets.UTF_8);
        PlanReading.Read read = (PlanReading.Read) new PlanReader().fromShowJson(shown);
        artifacts.put(MODEL, PlanArchive.toBytes(read.plan()));
        artifacts.put(SECRETS, "[\"hunter2\"]".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_plan_is_read_once_however_often_it_is_judged_by_the_same_policies() {
        Verdict first = judged(RunState.PLANNED, POLICY);
        artifacts.delete(MODEL);
        artifacts.delete(SECRETS);

        assertThat(judged(RunState.PLANNED, POLICY.with("stacks/a/main.tf", "")))
                .isSameAs(first);
    }

    @Test
    void other_policies_judge_it_anew() {
        assertThat(judged(RunState.PLANNED, POLICY).refuses()).isTrue();
        assertThat(judged(RunState.PLANNED, POLICY.with("policies/p.yaml", "warn: [{actions: [destroy]}]\n"))
                        .refuses())
                .isFalse();
    }

    @Test
    void nothing_is_read_where_there_are_no_policies_or_nothing_would_change() {
        artifacts.delete(MODEL);

        assertThat(judged(RunState.PLANNED, MemoryTree.empty())).isEqualTo(Verdict.NONE);
        assertThat(judged(RunState.NO_CHANGES, POLICY)).isEqualTo(Verdict.NONE);
        assertThat(judged(RunState.FAILED, POLICY)).isEqualTo(Verdict.NONE);
    }

    @Test
    void what_the_plan_keeps_secret_is_masked_in_the_verdict() {
        assertThat(judged(RunState.PLANNED, POLICY).refusal("stacks/a"))
                .hasValue("policy p refuses stacks/a: it would destroy a_b.(sensitive value)");
    }

    private Verdict judged(RunState state, MemoryTree base) {
        Run.Order order = new Run.Order(
                new StackId("main", "stacks/a"),
                Phase.PLAN,
                false,
                null,
                new CommitSha("a".repeat(40)),
                "tree",
                Change.subject(1),
                null,
                GivenOutputs.NONE);
        Run run = new Run(new RunId(1), order, state, "", null, null, null, false, Instant.EPOCH, null, null);
        return verdicts.of(run, verdicts.in(base));
    }
}
