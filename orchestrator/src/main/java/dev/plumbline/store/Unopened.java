package dev.plumbline.store;

import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says why a database file can't be used, and what helps. What the libraries say is meant for their developers. */
final class Unopened {
    private static final String BACKUP = "restore it from a backup, together with the artifacts beside it";

    private final Path file;

    Unopened(Path file) {
        this.file = file;
    }

    StoreException by(Throwable cause) {
        return new StoreException(
                "the database " + file + " can't be opened: "
                        + codeOf(cause).map(Unopened::told).orElseGet(() -> otherwise(cause)),
                cause);
    }

    /** What keeps this program from using the tables that stand in the file; empty where nothing does. */
    Optional<StoreException> by(Flyway flyway) {
        return Arrays.stream(flyway.info().all())
                .flatMap(migration -> told(migration).stream())
                .findFirst()
                .map(why -> new StoreException("the database " + file + " " + why));
    }

    private static Optional<String> told(MigrationInfo migration) {
        MigrationState state = migration.getState();
        // Flyway itself would only warn, and this program would write into tables that mean something else by now.
        if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
            return Optional.of("was written by a newer Plumbline, so nothing was changed: install that one again, or"
                    + " restore the backup that was made before it");
        }
        if (state == MigrationState.FAILED) {
            return Optional.of("was left half-way by an upgrade that failed (" + migration.getDescription()
                    + "): restore the backup that was made before it, and upgrade again");
        }
        boolean skipped = state == MigrationState.IGNORED;
        boolean unknown = state == MigrationState.MISSING_SUCCESS || state == MigrationState.MISSING_FAILED;
        if (skipped || unknown || !migration.isChecksumMatching()) {
            return Optional.of("was written by another build of Plumbline, whose tables differ from this one's ("
                    + migration.getDescription()
                    + "), so nothing was changed: start that build again, or restore a backup that this one made");
        }
        return Optional.empty();
    }

    private static Optional<SQLiteErrorCode> codeOf(@Nullable Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLiteException sqlite) {
                return Optional.of(sqlite.getResultCode());
            }
        }
        return Optional.empty();
    }

    private static String told(SQLiteErrorCode code) {
        // The low byte is what happened; the rest says where.
        return switch (code.code & 0xff) {
            case 11, 26 -> "it is damaged (" + code.name() + "); " + BACKUP;
            case 3, 8, 14, 23 -> "this user may not write it, or it is no file; correct its owner, or " + BACKUP;
            case 13 -> "the disk is full; free some space, and start again";
            case 5, 6, 15 ->
                "another program holds it; end that one first. Where the home lies on a network's disk"
                        + " without locks, give one on a disk of this machine with --home DIR";
            default -> code.message + "; check the disk, and that this user may write there";
        };
    }

    private static String otherwise(Throwable cause) {
        return cause instanceof AccessDeniedException
                ? "this user may not write it; correct its owner"
                : cause.getMessage() + "; check the disk's free space and that this user may write there";
    }
}
