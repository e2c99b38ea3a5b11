package dev.plumbline.run;

import dev.plumbline.secret.ServerKey;
import dev.plumbline.store.Artifacts;
import dev.plumbline.terraform.PlanInspection;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.event.Diagnostic;
import dev.plumbline.terraform.plan.ChangeDigest;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.SensitiveSchema;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.Markdown;
import dev.plumbline.terraform.report.PlanReport;
import dev.plumbline.terraform.report.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a plan file, marks what is secret in it, and keeps it with its digests and its reports. */
final class PlanReporter {
    /** So long may one stack's report get: a forge's comment takes 65,536 characters, and nobody reads more on a terminal. */
    private static final int LONGEST_REPORT = 60_000;

    /** The log has what a report leaves out. Even a plan of ten thousand resources is shorter than this. */
    private static final int LONGEST_IN_LOG = 50_000_000;

    private final KeptSchemas schemas;
    private final KeptPlans plans;
    private final KeptProblems problems;
    private final ChangeDigest digest;

    PlanReporter(KeptPlans plans, KeptProblems problems, Artifacts artifacts, ServerKey key) {
        this.schemas = new KeptSchemas(artifacts);
        this.plans = plans;
        this.problems = problems;
        this.digest = new ChangeDigest(key);
    }

    /** Why there is no plan, as Terraform said it; what it said of lines is kept. */
    String failure(RunId run, List<Diagnostic> diagnostics, RunLog log) {
        problems.keep(run, diagnostics, log::masked);
        return ApplyRunner.text(diagnostics);
    }

    /** Reads a plan file, with the marks of the providers' schemas where there are any. */
    PlanReading read(
            TerraformCli terraform,
            Workspace workspace,
            Path file,
            boolean providers,
            Map<String, String> environment) {
        return new PlanInspection(terraform, schemas).read(workspace, file, providers, environment);
    }

    /** Schemas are the same for the same lock file. */
    private record KeptSchemas(Artifacts artifacts) implements PlanInspection.SchemaCache {
        @Override
        public Optional<SensitiveSchema> find(Workspace workspace) {
            return artifacts.get(name(workspace)).flatMap(SensitiveSchema::fromBytes);
        }

        @Override
        public void keep(Workspace workspace, SensitiveSchema schema) {
            artifacts.put(name(workspace), schema.toBytes());
        }

        private static String name(Workspace workspace) {
            return name(lockFile(workspace));
        }

        static String name(byte[] lockFile) {
            return "schemas/" + sha256(lockFile);
        }
    }

    /**
     * Keeps the plan and its reports.
     *
     * @param note a sentence that ends the reports for people
     */
    PlanFacts keep(
            Run run,
            Plan plan,
            Basis basis,
            Path file,
            Optional<byte[]> lockFile,
            byte[] created,
            Optional<String> note,
            RunLog log) {
        byte[] content = read(file);
        PlanReport report = PlanReport.of(run.stack().toString(), plan, SensitiveSchema.none(), log.secrets());
        Limit limit = new Limit(LONGEST_REPORT, "plumbline logs " + run.id());
        String more = note.map(sentence -> "\n\n" + sentence).orElse("");
        Map<KeptPlans.Form, String> reports = new EnumMap<>(KeptPlans.Form.class);
        reports.put(KeptPlans.Form.TEXT, report.text(limit, false).text().stripTrailing() + more + "\n");
        reports.put(
                KeptPlans.Form.MARKDOWN,
                report.diffs(new Limit(KeptPlans.LONGEST_DIFFS, limit.where())).text()
                        + note.map(sentence -> "\n" + Markdown.inline(sentence) + "\n")
                                .orElse(""));
        reports.put(KeptPlans.Form.JSON, report.json(limit).text());
        plans.keep(
                run.id(),
                new KeptPlans.Kept(content, lockFile, created),
                plan,
                log.secrets(),
                KeptSchemas.name(lockFile.orElse(new byte[0])),
                reports);
        Limit whole = new Limit(LONGEST_IN_LOG, "");
        log.write("\n" + report.text(whole, false).text().stripTrailing() + more);
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
