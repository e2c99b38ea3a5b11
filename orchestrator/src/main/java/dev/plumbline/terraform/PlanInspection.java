package dev.plumbline.terraform;

import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import dev.plumbline.terraform.plan.SensitiveSchema;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a finished plan without starting a provider where that was proven right, and marks what is secret in it. */
public final class PlanInspection {
    private final TerraformCli terraform;
    private final SchemaCache schemas;

    /** Keeps what the schemas of a workspace's providers call secret: reading them costs a start of each provider. */
    public interface SchemaCache {

        /** Of the providers that the workspace's lock file names; empty where they were not read yet. */
        Optional<SensitiveSchema> find(Workspace workspace);

        void keep(Workspace workspace, SensitiveSchema schema);

        /** Remembers nothing. */
        static SchemaCache none() {
            return new SchemaCache() {
                @Override
                public Optional<SensitiveSchema> find(Workspace workspace) {
                    return Optional.empty();
                }

                @Override
                public void keep(Workspace workspace, SensitiveSchema schema) {
                    // For callers whose workspaces are used once.
                }
            };
        }
    }

    public PlanInspection(TerraformCli terraform, SchemaCache schemas) {
        this.terraform = terraform;
        this.schemas = schemas;
    }

    /**
     * Reads it straight from its file where that was proven right for this version, else by {@code show -json}.
     *
     * @param providers whether others than the built-in one are used, whose schemas say what is secret
     * @param environment further variables, such as a backend's credentials
     */
    public PlanReading read(Workspace workspace, Path planFile, boolean providers, Map<String, String> environment) {
        PlanReading reading = PlanReader.canReadDirectly(terraform.binary().name())
                ? new PlanReader().fromFile(planFile, terraform.binary().product() == TerraformBinary.Product.TOFU)
                : shown(workspace, planFile, environment);
        return providers && reading instanceof PlanReading.Read read
                ? marked(read.plan(), workspace, environment)
                : reading;
    }

    private PlanReading shown(Workspace workspace, Path planFile, Map<String, String> environment) {
        JsonOutcome shown = terraform.show(workspace, planFile, environment);
        return shown instanceof JsonOutcome.Failed failed
                ? new PlanReading.Unreadable(failed.diagnostic().toString())
                : new PlanReader().fromShowJson(((JsonOutcome.Read) shown).json());
    }

    private PlanReading marked(Plan plan, Workspace workspace, Map<String, String> environment) {
        Optional<SensitiveSchema> known = schemas.find(workspace);
        if (known.isPresent()) {
            return new PlanReading.Read(plan.marked(known.get()));
        }
        JsonOutcome read = terraform.providersSchema(workspace, environment);
        if (read instanceof JsonOutcome.Failed failed) {
            return new PlanReading.Unreadable(
                    "the providers' schemas, which say what is secret, can't be read: " + failed.diagnostic());
        }
        SensitiveSchema schema = SensitiveSchema.fromProvidersSchema(((JsonOutcome.Read) read).json());
        schemas.keep(workspace, schema);
        return new PlanReading.Read(plan.marked(schema));
    }
}
