package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is known of each stack besides its state: what was applied last, and the outputs that came of it. */
public final class AppliedStacks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Artifacts artifacts;

    public AppliedStacks(Database database, Artifacts artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /**
     * The last apply of a stack.
     *
     * @param code the hash of the closure that was applied
     * @param inputs the digest of the inputs that were applied
     * @param quarantine why nothing may be applied to it; null where something may
     */
    public record Applied(
            StackId stack,
            @Nullable String commit,
            @Nullable Instant at,
            @Nullable String code,
            @Nullable String inputs,
            @Nullable String quarantine,
            @Nullable String outputs) {}

    /** @param json the value; in clear where it is sensitive, too */
    public record Output(String json, boolean sensitive) {}

    /** What is known of a stack; empty where it was never applied. */
    public Optional<Applied> find(StackId stack) {
        return database.read(handle -> find(handle, stack));
    }

    private static Optional<Applied> find(Handle handle, StackId stack) {
        return handle.createQuery("SELECT * FROM stack WHERE repository = :repository AND folder = :folder")
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map(AppliedStacks::row)
                .findOne();
    }

    private static Applied row(ResultSet row, StatementContext context) throws SQLException {
        long at = row.getLong("applied_at");
        return new Applied(
                new StackId(row.getString("repository"), row.getString("folder")),
                row.getString("applied_commit"),
                row.wasNull() ? null : Instant.ofEpochMilli(at),
                row.getString("applied_code"),
                row.getString("applied_inputs"),
                row.getString("quarantine"),
                row.getString("outputs"));
    }

    /**
     * The last apply of a stack, as listings show it.
     *
     * @param commit null where it was never applied, but something else is known of it
     * @param at when something was applied; where nothing ever had to be, when it was last found to be as main wants it
     */
    public record LastApply(
            @Nullable String commit, @Nullable Instant at) {}

    /** The last apply of every stack of which anything is known, asked for once. */
    public Map<StackId, LastApply> lastApplies() {
        Map<StackId, LastApply> known = new HashMap<>();
        database.read(handle -> handle.createQuery("""
                        SELECT repository, folder, applied_commit, COALESCE(changed_at, applied_at) FROM stack
                        """)
                        .map((row, context) -> {
                            String commit = row.getString(3);
                            long at = row.getLong(4);
                            return Map.entry(
                                    new StackId(row.getString(1), row.getString(2)),
                                    new LastApply(commit, row.wasNull() ? null : Instant.ofEpochMilli(at)));
                        })
                        .list())
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return known;
    }

    /** The stacks of all repositories of which anything is known. */
    public List<StackId> all() {
        return database.read(handle -> handle.createQuery("SELECT repository, folder FROM stack ORDER BY 1, 2")
                .map((row, context) -> new StackId(row.getString("repository"), row.getString("folder")))
                .list());
    }

    /** The outputs of the last apply, by name; none where it was never applied. */
    public SortedMap<String, Output> outputs(StackId stack) {
        SortedMap<String, Output> outputs = new TreeMap<>();
        find(stack).map(Applied::outputs).ifPresent(name -> {
            JsonNode all = JSON.readTree(artifacts.require(name));
            all.properties()
                    .forEach(output -> outputs.put(
                            output.getKey(),
                            new Output(
                                    output.getValue().get("value").toString(),
                                    output.getValue().path("sensitive").asBoolean())));
        });
        return outputs;
    }

    /** Keeps outputs, to be named in {@link #applied}. */
    String keep(SortedMap<String, Output> outputs) {
        ObjectNode all = JSON.createObjectNode();
        outputs.forEach((name, output) -> {
            ObjectNode one = all.putObject(name);
            one.set("value", JSON.readTree(output.json()));
            one.put("sensitive", output.sensitive());
        });
        String name = "outputs/" + UUID.randomUUID();
        artifacts.put(name, JSON.writeValueAsBytes(all));
        return name;
    }

    /**
     * Records that a stack is now as a commit wants it. Where its state was taken along to is then of the past; only what was moved
     * out of this server to elsewhere is remembered until it arrives, since the version tells whether it still holds.
     *
     * @param run the apply, or the plan that found nothing to change
     * @param commit that wants it so
     * @param stack as that commit has it
     * @param outputs as {@link #keep} named them; null leaves those of the last apply
     */
    public void applied(
            Transaction transaction,
            Run run,
            CommitSha commit,
            Optional<Stack> stack,
            Basis basis,
            @Nullable String outputs) {
        long now = transaction.now().toEpochMilli();
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO stack (repository, folder, outputs, applied_commit, applied_run, applied_at,
                                           changed_at, applied_code, applied_inputs)
                        VALUES (:repository, :folder, :outputs, :commit, :run, :now, :changed, :code, :inputs)
                        ON CONFLICT (repository, folder) DO UPDATE SET outputs = COALESCE(:outputs, stack.outputs),
                            applied_commit = :commit, applied_run = :run, applied_at = :now,
                            changed_at = COALESCE(:changed, stack.changed_at),
                            applied_code = :code, applied_inputs = :inputs, quarantine = NULL,
                            moved_to = CASE WHEN stack.moved_version > 0 AND stack.moved_to <> :place
                                            THEN stack.moved_to END
                        """)
                .bind("repository", run.stack().repository())
                .bind("folder", run.stack().folder())
                .bind("outputs", outputs)
                .bind("place", stack.map(StatePlace::spelled).orElse(""))
                .bind("code", basis.code())
                .bind("inputs", basis.inputs())
                .bind("commit", commit.hex())
                .bind("run", run.id().number())
                .bind("now", now)
                .bind("changed", run.order().phase() == Phase.APPLY ? now : null)
                .execute();
    }

    /** Records what a stack gives out, where it was applied once: its state was changed by hand. */
    void gives(Transaction transaction, StackId stack, String outputs) {
        transaction
                .handle()
                .execute(
                        "UPDATE stack SET outputs = ? WHERE repository = ? AND folder = ? AND applied_commit IS NOT NULL",
                        outputs,
                        stack.repository(),
                        stack.folder());
    }

    /** Keeps a stack from being applied until a person has looked. */
    void quarantine(Transaction transaction, StackId stack, String why) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO stack (repository, folder, quarantine) VALUES (:repository, :folder, :why)
                        ON CONFLICT (repository, folder) DO UPDATE SET quarantine = :why
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .bind("why", why)
                .execute();
    }

    /** A person says that the state of a stack is right again. */
    public void release(Transaction transaction, StackId stack) {
        transaction
                .handle()
                .execute(
                        "UPDATE stack SET quarantine = NULL WHERE repository = ? AND folder = ?",
                        stack.repository(),
                        stack.folder());
    }

    /**
     * Where a person moved a stack's state to.
     *
     * @param backend as {@link StatePlace} spells it
     * @param version the managed version that was moved; zero where it came from a backend
     */
    record Moved(String backend, long version) {}

    Optional<Moved> moved(StackId stack) {
        return database.read(handle -> handle.createQuery("""
                        SELECT moved_to, moved_version FROM stack
                         WHERE repository = :repository AND folder = :folder AND moved_to IS NOT NULL
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map((row, context) -> new Moved(row.getString("moved_to"), row.getLong("moved_version")))
                .findOne());
    }

    /** Records that the state now stands in another backend. */
    void moved(Transaction transaction, StackId stack, Moved moved) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO stack (repository, folder, moved_to, moved_version)
                        VALUES (:repository, :folder, :backend, :version)
                        ON CONFLICT (repository, folder) DO UPDATE SET moved_to = :backend, moved_version = :version
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .bind("backend", moved.backend())
                .bind("version", moved.version())
                .execute();
    }

    /** Forgets a stack that was destroyed, or whose state another folder took over. */
    public void forget(Transaction transaction, StackId stack) {
        transaction
                .handle()
                .execute("DELETE FROM stack WHERE repository = ? AND folder = ?", stack.repository(), stack.folder());
    }

    /** Gives a stack what is known of another folder: it was moved. */
    public void move(Transaction transaction, StackId from, StackId to) {
        forget(transaction, to);
        transaction
                .handle()
                .execute(
                        "UPDATE stack SET folder = ? WHERE repository = ? AND folder = ?",
                        to.folder(),
                        from.repository(),
                        from.folder());
    }
}
