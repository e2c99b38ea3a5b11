package dev.plumbline.run;

import dev.plumbline.secret.UnreadableArtifactException;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.Transaction;
import dev.plumbline.terraform.plan.StateFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Managed state: the states of stacks without a backend of their own. Its current version is laid into a run's workspace and
 * taken back afterwards under the lane's fencing token; every version is kept, encrypted.
 */
public final class StateVault {
    /** Databases take only so many values in one statement. */
    private static final int ASKED_AT_ONCE = 500;

    private final Database database;
    private final Artifacts artifacts;

    public StateVault(Database database, Artifacts artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /** The latest version; empty where the stack has no managed state. */
    public Optional<StateVersion> current(StackId stack) {
        return database.read(handle -> current(handle, stack));
    }

    /** The number of the latest version, as a plan rests on it; zero where the stack has no managed state. */
    public long currentNumber(StackId stack) {
        return current(stack).map(StateVersion::version).orElse(0L);
    }

    /** The numbers of the current versions of several stacks of one repository; those without a state are absent. */
    public Map<StackId, Long> currentNumbers(String repository, List<String> folders) {
        Map<StackId, Long> numbers = new HashMap<>();
        for (int from = 0; from < folders.size(); from += ASKED_AT_ONCE) {
            List<String> some = folders.subList(from, Math.min(folders.size(), from + ASKED_AT_ONCE));
            database.read(handle -> handle.createQuery("""
                            SELECT folder, MAX(version) AS version FROM state_version
                             WHERE repository = :repository AND folder IN (<folders>) GROUP BY folder
                            """)
                    .bind("repository", repository)
                    .bindList("folders", some)
                    .map((row, context) ->
                            numbers.put(new StackId(repository, row.getString("folder")), row.getLong("version")))
                    .list());
        }
        return numbers;
    }

    private static Optional<StateVersion> current(Handle handle, StackId stack) {
        return handle.createQuery("""
                        SELECT * FROM state_version WHERE repository = :repository AND folder = :folder
                         ORDER BY version DESC LIMIT 1
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map(StateVault::row)
                .findOne();
    }

    /** Whether the newest state of all was encrypted with another key than the one at hand. */
    public boolean underAnotherKey() {
        Optional<String> newest = database.read(handle -> handle.createQuery(
                        "SELECT artifact FROM state_version ORDER BY at DESC, version DESC LIMIT 1")
                .mapTo(String.class)
                .findOne());
        try {
            newest.ifPresent(artifacts::get);
            return false;
        } catch (UnreadableArtifactException unreadable) {
            return unreadable.reason() == UnreadableArtifactException.Reason.WRONG_KEY;
        } catch (StoreException unreadable) {
            return false;
        }
    }

    /** What people are told of a stack without a state, whose plan would create all of it. */
    public static String noneYet(StackId stack) {
        return stack + " has no state yet: everything in it would be created. If it exists already, bring its state in"
                + " first: plumbline state push " + stack.typed() + " terraform.tfstate";
    }

    /** All versions of a stack's state, newest first. */
    public List<StateVersion> versions(StackId stack) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM state_version WHERE repository = :repository AND folder = :folder
                         ORDER BY version DESC
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map(StateVault::row)
                .list());
    }

    private static StateVersion row(ResultSet row, StatementContext context) throws SQLException {
        long run = row.getLong("run");
        @Nullable RunId writer = row.wasNull() ? null : new RunId(run);
        return new StateVersion(
                row.getLong("version"),
                row.getString("lineage"),
                row.getLong("serial"),
                row.getString("artifact"),
                writer,
                Instant.ofEpochMilli(row.getLong("at")));
    }

    /** Keeps a content, to be named in {@link #add}. */
    String keep(byte[] content) {
        String artifact = "states/" + UUID.randomUUID();
        artifacts.put(artifact, content);
        return artifact;
    }

    /**
     * Makes a state the current one.
     *
     * @param artifact as {@link #keep} named it
     * @throws LaneLostException where a later run was let into the lane
     */
    StateVersion add(Transaction transaction, Run run, StateFile state, String artifact) {
        FencingToken token = run.token();
        if (token == null || !Lanes.isLatest(transaction.handle(), run.stack(), token)) {
            throw new LaneLostException(run);
        }
        insert(transaction, run.stack(), state, artifact, run, token);
        return current(transaction.handle(), run.stack()).orElseThrow();
    }

    /** The state file of a version. */
    public byte[] read(StateVersion version) {
        return artifacts.require(version.artifact());
    }

    /**
     * Takes back what a run left in its workspace. Nothing is kept where it is what was laid out.
     *
     * @param lane whose token the run holds
     * @param stack whose state it is
     * @return the version that is current now; empty where there is none
     * @throws LaneLostException where a later run was let into the lane: its state counts, not this one
     */
    public Optional<StateVersion> takeBack(Run run, StackId lane, StackId stack, byte[] content) {
        StateFile state = StateFile.parse(content);
        Optional<StateVersion> before = current(stack);
        boolean same = before.map(
                        version -> version.lineage().equals(state.lineage()) && version.serial() == state.serial())
                .orElse(false);
        if (same) {
            return before;
        }
        String artifact = keep(content);
        return database.write(transaction -> {
            FencingToken token = run.token();
            if (token == null || !Lanes.isLatest(transaction.handle(), lane, token)) {
                throw new LaneLostException(run);
            }
            insert(transaction, stack, state, artifact, run, token);
            transaction.record(
                    "plumbline",
                    "state",
                    stack.qualified(),
                    "serial " + state.serial() + " kept, as " + run.id() + " left it");
            return current(transaction.handle(), stack);
        });
    }

    private static void insert(
            Transaction transaction, StackId stack, StateFile state, String artifact, Run run, FencingToken token) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO state_version (version, repository, folder, lineage, serial, artifact, run, token, at)
                        VALUES (:version, :repository, :folder, :lineage, :serial, :artifact, :run, :token, :at)
                        """)
                .bind("version", transaction.next("state_version"))
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .bind("lineage", state.lineage())
                .bind("serial", state.serial())
                .bind("artifact", artifact)
                .bind("run", run.id().number())
                .bind("token", token.value())
                .bind("at", transaction.now().toEpochMilli())
                .execute();
    }

    /** Gives a stack the state of another folder, all versions of it: the folder was moved. */
    public void move(Transaction transaction, StackId from, StackId to) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE state_version SET folder = :to WHERE repository = :repository AND folder = :from
                        """)
                .bind("to", to.folder())
                .bind("repository", from.repository())
                .bind("from", from.folder())
                .execute();
    }
}
