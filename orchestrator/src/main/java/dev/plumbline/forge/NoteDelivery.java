package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.store.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells on a remote what the outbox holds for it. */
final class NoteDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(NoteDelivery.class);

    private final Outbox outbox;
    private final NoteText text;
    private final Database database;
    private final RemoteBook book;

    NoteDelivery(Outbox outbox, NoteText text, Database database, RemoteBook book) {
        this.outbox = outbox;
        this.text = text;
        this.database = database;
        this.book = book;
    }

    /**
     * Delivers all that is due, unless the forge refused it since this server started.
     *
     * @return why it did not get through; empty where it did, or was refused
     */
    Optional<Trouble> deliver(RemoteBook.Row row, Remote remote, Forge forge, Mirror mirror) {
        if (row.notesRefused() != null) {
            return Optional.empty();
        }
        for (List<Outbox.Due> due = outbox.due(remote.repository());
                !due.isEmpty();
                due = outbox.due(remote.repository())) {
            Map<CommitSha, UnaryOperator<String>> edits = edits(due);
            Posting posting = edits.isEmpty() ? new Posting.Posted() : forge.note(remote, mirror, edits);
            if (posting instanceof Posting.Failed failed) {
                return Optional.of(failed.trouble());
            }
            if (posting instanceof Posting.Refused refused) {
                refused(row, remote, refused.trouble());
                return Optional.empty();
            }
            List<Outbox.Due> told = due;
            database.change(transaction -> outbox.told(transaction, remote.repository(), told));
        }
        return Optional.empty();
    }

    private Map<CommitSha, UnaryOperator<String>> edits(List<Outbox.Due> due) {
        Map<CommitSha, UnaryOperator<String>> edits = new LinkedHashMap<>();
        for (Outbox.Due each : due) {
            text.of(each.about(), each.commit())
                    .ifPresent(words -> edits.merge(
                            each.commit(),
                            note -> NoteSection.put(note, each.about(), words),
                            (one, other) -> note -> other.apply(one.apply(note))));
        }
        return edits;
    }

    private void refused(RemoteBook.Row row, Remote remote, Trouble trouble) {
        LOG.warn(
                "{} takes no notes, so plans are told here only: {}; notes: false for the forge says that this is meant",
                remote.shown(),
                trouble.sentence());
        database.change(transaction -> book.notesRefused(transaction, row.id(), trouble.sentence()));
    }
}
