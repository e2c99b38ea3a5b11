package dev.plumbline.run;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.StoreException;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanArchive;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.SensitiveSchema;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.PlanReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.ObjectMapper;

/**
 * What is kept of finished plans, encrypted: in one artifact what an apply needs, which is forgotten once it was used, and in
 * another what people and other stacks read of it. Homes of older versions hold each part as an artifact of its own.
 */
public final class KeptPlans {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The longest text that any forge takes, GitLab's. */
    static final int LONGEST_DIFFS = 1_000_000;

    private static final String TO_APPLY = "to-apply";
    private static final String TO_READ = "to-read";
    private static final String SCHEMA = "schema";

    private final Artifacts artifacts;

    public KeptPlans(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** Which form of a report. */
    public enum Form {
        TEXT("report.txt"),
        MARKDOWN("report.md"),
        JSON("report.json");

        private final String file;

        Form(String file) {
            this.file = file;
        }
    }

    /**
     * What a plan leaves.
     *
     * @param file the plan file that is handed to Terraform
     * @param lockFile the dependency lock file it was made with; empty where no provider needed one
     * @param created files that the plan run made in its workspace, as {@link WorkspaceFiles} packs them
     */
    record Kept(byte[] file, Optional<byte[]> lockFile, byte[] created) {}

    /**
     * Keeps all of a plan, durably.
     *
     * @param secrets all that was masked while it was planned: those of the plan, the state, the inputs and the environment
     * @param schema the name of the artifact with what its providers call sensitive; there is none where all are built in
     * @param reports masked
     */
    void keep(RunId run, Kept kept, Plan model, Secrets secrets, String schema, Map<Form, String> reports) {
        Map<String, byte[]> toApply = new TreeMap<>(Map.of("plan", kept.file(), "created", kept.created()));
        kept.lockFile().ifPresent(lock -> toApply.put("lock", lock));
        Map<String, byte[]> toRead = new TreeMap<>(Map.of(
                "secrets",
                JSON.writeValueAsBytes(secrets.strings()),
                "model",
                PlanArchive.toBytes(model),
                SCHEMA,
                schema.getBytes(StandardCharsets.UTF_8)));
        reports.forEach((form, text) -> toRead.put(form.file, text.getBytes(StandardCharsets.UTF_8)));
        artifacts.put(name(run, TO_APPLY), new Bundle(toApply).toBytes());
        artifacts.put(name(run, TO_READ), new Bundle(toRead).toBytes());
    }

    Kept kept(RunId run) {
        Optional<Bundle> bundle = bundle(run, TO_APPLY);
        return new Kept(
                part(bundle, run, "plan").orElseGet(() -> artifacts.require(name(run, TO_APPLY))),
                part(bundle, run, "lock"),
                part(bundle, run, "created").orElseGet(() -> artifacts.require(name(run, TO_APPLY))));
    }

    /** The typed plan of a run that planned; it holds secrets in clear. */
    public Plan model(RunId run) {
        PlanReading reading = PlanArchive.fromBytes(toRead(run, "model"));
        if (reading instanceof PlanReading.Read read) {
            return read.plan();
        }
        throw new StoreException("the plan of " + run + ": " + ((PlanReading.Unreadable) reading).reason());
    }

    /** All that was masked while it was planned, and must be while it is applied: provisioners repeat what they are given. */
    Secrets secrets(RunId run) {
        List<String> strings = new ArrayList<>();
        JSON.readTree(toRead(run, "secrets")).forEach(string -> strings.add(string.asString()));
        return Secrets.of(strings);
    }

    /** Hides what must not be shown of it. */
    public Masker masker(RunId run) {
        return secrets(run).masker();
    }

    /** What its providers call sensitive; nothing where that is not known. */
    SensitiveSchema schema(RunId run) {
        return part(bundle(run, TO_READ), run, SCHEMA)
                .flatMap(name -> artifacts.get(new String(name, StandardCharsets.UTF_8)))
                .flatMap(SensitiveSchema::fromBytes)
                .orElse(SensitiveSchema.none());
    }

    /** A report of a run that planned, masked; empty where it made none. */
    public Optional<String> report(RunId run, Form form) {
        return part(bundle(run, TO_READ), run, form.file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * The diffs of a run that planned, masked, in Markdown and without a heading; made anew where what is kept is too long, so that
     * it is cut between resources. Empty where it made none.
     */
    public Optional<String> diffs(RunId run, Limit limit) {
        return report(run, Form.MARKDOWN)
                .map(kept -> kept.length() <= limit.characters()
                        ? kept
                        : PlanReport.of("", model(run), SensitiveSchema.none(), secrets(run))
                                .diffs(limit)
                                .text());
    }

    /** Forgets the plan file: it was used, or never will be. */
    public void forgetFile(RunId run) {
        artifacts.delete(name(run, TO_APPLY));
        artifacts.delete(name(run, "plan"));
        artifacts.delete(name(run, "created"));
    }

    private byte[] toRead(RunId run, String part) {
        return part(bundle(run, TO_READ), run, part).orElseGet(() -> artifacts.require(name(run, TO_READ)));
    }

    private Optional<Bundle> bundle(RunId run, String which) {
        return artifacts.get(name(run, which)).map(Bundle::fromBytes);
    }

    private Optional<byte[]> part(Optional<Bundle> bundle, RunId run, String part) {
        return bundle.isPresent() ? bundle.get().find(part) : artifacts.get(name(run, part));
    }

    private static String name(RunId run, String what) {
        return "runs/" + run + "/" + what;
    }
}
