package dev.plumbline.run;

import dev.plumbline.secret.Secrets;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.StoreException;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanArchive;
import dev.plumbline.terraform.plan.PlanReading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;

/** What is kept of finished plans: the file itself, its typed model, what lay beside it, and the reports. All encrypted. */
public final class KeptPlans {
    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** @param secrets all that was masked while it was planned: those of the plan, the state, the inputs and the environment */
    void keep(RunId run, Kept kept, Plan model, Secrets secrets) {
        artifacts.put(name(run, "secrets"), JSON.writeValueAsBytes(secrets.strings()));
        artifacts.put(name(run, "plan"), kept.file());
        artifacts.put(name(run, "created"), kept.created());
        artifacts.put(name(run, "model"), PlanArchive.toBytes(model));
        if (kept.lockFile().isPresent()) {
            artifacts.put(name(run, "lock"), kept.lockFile().get());
        }
    }

    void keepReport(RunId run, Form form, String text) {
        artifacts.put(name(run, form.file), text.getBytes(StandardCharsets.UTF_8));
    }

    Kept kept(RunId run) {
        return new Kept(
                artifacts.require(name(run, "plan")),
                artifacts.get(name(run, "lock")),
                artifacts.require(name(run, "created")));
    }

    /** The typed plan of a run that planned; it holds secrets in clear. */
    public Plan model(RunId run) {
        PlanReading reading = PlanArchive.fromBytes(artifacts.require(name(run, "model")));
        if (reading instanceof PlanReading.Read read) {
            return read.plan();
        }
        throw new StoreException("the plan of " + run + ": " + ((PlanReading.Unreadable) reading).reason());
    }

    /** All that was masked while it was planned, and must be while it is applied: provisioners repeat what they are given. */
    Secrets secrets(RunId run) {
        List<String> strings = new ArrayList<>();
        JSON.readTree(artifacts.require(name(run, "secrets"))).forEach(string -> strings.add(string.asString()));
        return Secrets.of(strings);
    }

    /** A report of a run that planned, masked; empty where it made none. */
    public Optional<String> report(RunId run, Form form) {
        return artifacts.get(name(run, form.file)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Forgets the plan file: it was used, or never will be. */
    void forgetFile(RunId run) {
        artifacts.delete(name(run, "plan"));
        artifacts.delete(name(run, "created"));
    }

    private static String name(RunId run, String what) {
        return "runs/" + run + "/" + what;
    }
}
