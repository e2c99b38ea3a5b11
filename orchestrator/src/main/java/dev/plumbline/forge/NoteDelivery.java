package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitException;
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

    /** @param edits by the commit, see {@link Forge#note} */
    record Parcel(List<Outbox.Due> due, Map<CommitSha, UnaryOperator<String>> edits) {
        /** Whether there may be more than this. */
        boolean full() {
            return due.size() >= Outbox.AT_ONCE;
        }
    }

    NoteDelivery(Outbox outbox, NoteText text, Database database, RemoteBook book) {
        this.outbox = outbox;
        this.text = text;
        this.database = database;
        this.book = book;
    }

    /**
     * What is to be told, with its words; empty where the forge refused it and nobody asked again since. To be made before a look
     * begins: then whoever reads it and moves a branch moves it after that look, so what they read counts as seen.
     */
    Parcel pack(RemoteBook.Row row, Remote remote) {
        if (row.notesRefused() != null) {
            return new Parcel(List.of(), Map.of());
        }
        List<Outbox.Due> due = outbox.due(remote.repository());
        Map<CommitSha, UnaryOperator<String>> edits = new LinkedHashMap<>();
        for (Outbox.Due each : due) {
            text.of(each.about(), each.commit())
                    .ifPresent(words -> edits.merge(
                            each.commit(),
                            note -> NoteSection.put(note, each.about(), words),
                            (one, other) -> note -> other.apply(one.apply(note))));
        }
        return new Parcel(due, edits);
    }

    /**
     * Delivers it.
     *
     * @return why it did not get through; empty where it did, or was refused
     */
    Optional<Trouble> deliver(Parcel parcel, RemoteBook.Row row, Remote remote, Forge forge, Mirror mirror) {
        Posting posting = parcel.edits().isEmpty() ? new Posting.Posted() : posted(parcel, remote, forge, mirror);
        if (posting instanceof Posting.Failed failed) {
            return Optional.of(failed.trouble());
        }
        if (posting instanceof Posting.Refused refused) {
            refused(row, remote, refused.trouble());
        } else if (!parcel.due().isEmpty()) {
            database.change(transaction -> outbox.told(transaction, remote.repository(), parcel.due()));
        }
        return Optional.empty();
    }

    /** What was seen counts also where the mirror can't take notes. */
    private static Posting posted(Parcel parcel, Remote remote, Forge forge, Mirror mirror) {
        try {
            return forge.note(remote, mirror, parcel.edits());
        } catch (GitException broken) {
            LOG.warn("notes for {} can't be written", remote.shown(), broken);
            return new Posting.Failed(new Trouble(Trouble.Kind.HERE, String.valueOf(broken.getMessage())));
        }
    }

    private void refused(RemoteBook.Row row, Remote remote, Trouble trouble) {
        LOG.warn(
                "{} takes no notes, so plans are told here only: {}; notes: false for the forge says that this is meant",
                remote.shown(),
                trouble.sentence());
        database.change(transaction -> book.notesRefused(transaction, row.id(), trouble.sentence()));
    }
}
