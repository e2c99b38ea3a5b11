package dev.plumbline.run;

import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.Stack;
import dev.plumbline.store.Artifacts;
import dev.plumbline.terraform.JsonOutcome;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.plan.ChangeDigest;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.SensitiveSchema;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.PlanReport;
import dev.plumbline.terraform.report.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Reads a plan file, marks what is secret in it, and keeps it with its digests and its reports. */
final class PlanReporter {
    /** So long may one stack's report get; a forge's comment takes 65,536 characters, a terminal more. */
    private static final int LONGEST_REPORT = 200_000;

    private final TerraformCli terraform;
    private final KeptPlans plans;
    private final Artifacts artifacts;
    private final ChangeDigest digest;

    PlanReporter(TerraformCli terraform, KeptPlans plans, Artifacts artifacts, ServerKey key) {
        this.terraform = terraform;
        this.plans = plans;
        this.artifacts = artifacts;
        this.digest = new ChangeDigest(key);
    }

    sealed interface Result {}

    record Readable(Plan plan) implements Result {}

    record Unreadable(String reason) implements Result {}

    /** Reads it straight from its file where that was proven right for this version, else by {@code show -json}. */
    Result read(Run run, Workspace workspace, Path file, Stack stack, Map<String, String> environment) {
        PlanReading reading;
        if (PlanReader.canReadDirectly(terraform.binary().version().toString())) {
            reading = new PlanReader().fromFile(file);
        } else {
            JsonOutcome shown = terraform.show(workspace, file, environment);
            if (shown instanceof JsonOutcome.Failed failed) {
                return new Unreadable(failed.diagnostic().toString());
            }
            reading = new PlanReader().fromShowJson(((JsonOutcome.Read) shown).json());
        }
        if (reading instanceof PlanReading.Unreadable unreadable) {
            return new Unreadable("the plan file can't be read: " + unreadable.reason());
        }
        Plan plan = ((PlanReading.Read) reading).plan();
        return stack.init().providers() ? marked(plan, workspace, environment) : new Readable(plan);
    }

    /** Adds the marks of the providers' schemas, which are read once for each set of provider versions. */
    private Result marked(Plan plan, Workspace workspace, Map<String, String> environment) {
        String name = "schemas/" + sha256(lockFile(workspace));
        Optional<SensitiveSchema> known = artifacts.get(name).flatMap(SensitiveSchema::fromBytes);
        if (known.isPresent()) {
            return new Readable(plan.marked(known.get()));
        }
        JsonOutcome schemas = terraform.providersSchema(workspace, environment);
        if (schemas instanceof JsonOutcome.Failed failed) {
            return new Unreadable(
                    "the providers' schemas, which say what is secret, can't be read: " + failed.diagnostic());
        }
        SensitiveSchema schema = SensitiveSchema.fromProvidersSchema(((JsonOutcome.Read) schemas).json());
        artifacts.put(name, schema.toBytes());
        return new Readable(plan.marked(schema));
    }

    /** Keeps the plan and its reports. */
    PlanFacts keep(Run run, Plan plan, Basis basis, Path file, Optional<byte[]> lockFile, byte[] created, RunLog log) {
        byte[] content = read(file);
        plans.keep(run.id(), new KeptPlans.Kept(content, lockFile, created), plan);
        PlanReport report = PlanReport.of(run.stack().toString(), plan, SensitiveSchema.none(), log.secrets());
        Limit limit = new Limit(LONGEST_REPORT, "plumbline logs " + run.id());
        plans.keepReport(
                run.id(), KeptPlans.Form.TEXT, report.text(limit, false).text());
        plans.keepReport(
                run.id(), KeptPlans.Form.MARKDOWN, report.markdown(limit).text());
        plans.keepReport(run.id(), KeptPlans.Form.JSON, report.json(limit).text());
        Summary summary = report.summary();
        Counts counts = new Counts(summary.add(), summary.change(), summary.destroy(), summary.replace());
        return new PlanFacts(basis, digest.of(plan), sha256(content), counts);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] lockFile(Workspace workspace) {
        return Files.exists(workspace.lockFile()) ? read(workspace.lockFile()) : new byte[0];
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't read " + file, cause);
        }
    }
}
