package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitException;
import dev.plumbline.git.Mirror;
import dev.plumbline.store.Database;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what the outbox holds as Git notes. */
final class NoteDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(NoteDelivery.class);

    private final Outbox outbox;
    private final NoteText text;
    private final Database database;
    private final RemoteBook book;
    private final Forge forge;
    private final Clock clock;

    NoteDelivery(Outbox outbox, NoteText text, Database database, RemoteBook book, Forge forge, Clock clock) {
        this.outbox = outbox;
        this.text = text;
        this.database = database;
        this.book = book;
        this.forge = forge;
        this.clock = clock;
    }

    /** Empty where the forge refused it and nobody asked again since. */
    @Override
    public Parcel pack(RemoteBook.Row row, Remote remote) {
        if (row.notesRefused() != null) {
            return new Notes(row, remote, List.of(), Map.of());
        }
        List<Outbox.Due> due = outbox.due(remote.repository(), clock.instant());
        Map<CommitSha, UnaryOperator<String>> edits = new LinkedHashMap<>();
        for (Outbox.Due each : due) {
            text.of(each.about(), each.commit())
                    .ifPresent(words -> edits.merge(
                            each.commit(),
                            note -> NoteSection.put(note, each.about(), words),
                            (one, other) -> note -> other.apply(one.apply(note))));
        }
        return new Notes(row, remote, due, edits);
    }

    private final class Notes implements Parcel {
        private final RemoteBook.Row row;
        private final Remote remote;
        private final List<Outbox.Due> due;
        private final Map<CommitSha, UnaryOperator<String>> edits;

        /** @param edits by the commit, see {@link Forge#note} */
        Notes(RemoteBook.Row row, Remote remote, List<Outbox.Due> due, Map<CommitSha, UnaryOperator<String>> edits) {
            this.row = row;
            this.remote = remote;
            this.due = due;
            this.edits = edits;
        }

        @Override
        public boolean full() {
            return due.size() >= Outbox.MOST;
        }

        @Override
        public Optional<Trouble> deliver(Mirror mirror) {
            Posting posting = edits.isEmpty() ? new Posting.Posted() : posted(mirror);
            if (posting instanceof Posting.Failed failed) {
                return Optional.of(failed.trouble());
            }
            if (posting instanceof Posting.Refused refused) {
                refused(refused.trouble());
            } else if (!due.isEmpty()) {
                database.change(transaction ->
                        due.forEach(each -> outbox.told(transaction, remote.repository(), each, List.of())));
            }
            return Optional.empty();
        }

        /** What was seen counts also where the mirror can't take notes. */
        private Posting posted(Mirror mirror) {
            try {
                return forge.note(remote, mirror, edits);
            } catch (GitException broken) {
                LOG.warn("notes for {} can't be written", remote.shown(), broken);
                return new Posting.Failed(new Trouble(Trouble.Kind.HERE, String.valueOf(broken.getMessage())));
            }
        }

        private void refused(Trouble trouble) {
            LOG.warn(
                    "{} takes no notes, so plans are told here only: {}; notes: false for the forge says that this is"
                            + " meant",
                    remote.shown(),
                    trouble.sentence());
            database.change(transaction -> book.notesRefused(transaction, row.id(), trouble.sentence()));
        }
    }
}
