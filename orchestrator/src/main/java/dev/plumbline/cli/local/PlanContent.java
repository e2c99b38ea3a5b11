package dev.plumbline.cli.local;

import dev.plumbline.terraform.JsonOutcome;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.SensitiveSchema;
import java.nio.file.Path;
import java.util.Map;

/** Reads a plan file and marks what is secret in it. */
final class PlanContent {
    private final TerraformCli terraform;

    PlanContent(TerraformCli terraform) {
        this.terraform = terraform;
    }

    sealed interface Result {}

    record Readable(Plan plan) implements Result {}

    record Unreadable(String reason) implements Result {}

    /** @param providers whether others than the built-in one are used, whose schemas say what is secret */
    Result read(Workspace workspace, Path file, boolean providers, Map<String, String> environment) {
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
        if (!providers) {
            return new Readable(plan);
        }
        JsonOutcome schemas = terraform.providersSchema(workspace, environment);
        return schemas instanceof JsonOutcome.Failed failed
                ? new Unreadable(
                        "the providers' schemas, which say what is secret, can't be read: " + failed.diagnostic())
                : new Readable(plan.marked(SensitiveSchema.fromProvidersSchema(((JsonOutcome.Read) schemas).json())));
    }
}
