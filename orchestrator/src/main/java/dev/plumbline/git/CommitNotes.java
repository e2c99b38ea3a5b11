package dev.plumbline.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.notes.Note;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** The notes of a remote as they were fetched last; new ones are commits on top of them, which somebody has to push. */
public final class CommitNotes {
    /** Where they are on the remote, for {@code git log --notes=plumbline}. */
    public static final String REF = "refs/notes/plumbline";
    /** Where they are here. */
    public static final String FETCHED = "refs/plumbline/remote/notes/plumbline";

    private static final int LONGEST_NOTE = 4 << 20;

    private final String name;
    private final Repository repository;

    /** What came of editing notes. */
    public sealed interface Edited {

        /** All say already what they are to say. */
        record Unchanged() implements Edited {}

        /** @param commit the new one, on top of those that were there */
        record Made(CommitSha commit) implements Edited {}

        /**
         * What others pushed as notes leaves no room for ours.
         *
         * @param why what of it, with no word about where
         */
        record Unusable(String why) implements Edited {}
    }

    CommitNotes(String name, Repository repository) {
        this.name = name;
        this.repository = repository;
    }

    /** The newest commit of notes; empty where there are none. */
    public Optional<CommitSha> tip() {
        try {
            return Optional.ofNullable(repository.getRefDatabase().exactRef(FETCHED))
                    .map(Ref::getObjectId)
                    .map(id -> new CommitSha(id.name()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Makes a commit on top of {@link #tip} in which some notes are others; all the rest stays. No ref moves.
     *
     * @param edits by the commit that a note stands on: from its text, empty where there is none, to the new one
     */
    public Edited edited(Map<CommitSha, UnaryOperator<String>> edits, Instant at) {
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader();
                ObjectInserter inserter = repository.newObjectInserter()) {
            Optional<CommitSha> tip = tip();
            RevCommit parent = tip.isPresent() ? walk.parseCommit(id(tip.get())) : null;
            NoteMap notes = parent == null ? NoteMap.newEmptyMap() : NoteMap.read(reader, parent);
            boolean changed = false;
            for (Map.Entry<CommitSha, UnaryOperator<String>> edit : edits.entrySet()) {
                ObjectId commit = id(edit.getKey());
                Note note = notes.getNote(commit);
                if (note != null && reader.getObjectSize(note.getData(), Constants.OBJ_BLOB) > LONGEST_NOTE) {
                    return new Edited.Unusable("the note on " + edit.getKey().abbreviated() + " is longer than "
                            + (LONGEST_NOTE >> 20) + " MiB");
                }
                String before = text(reader, note);
                String after = edit.getValue().apply(before);
                if (!after.equals(before)) {
                    notes.set(commit, after, inserter);
                    changed = true;
                }
            }
            return changed
                    ? new Edited.Made(committed(notes.writeTree(inserter), parent, at, inserter))
                    : new Edited.Unchanged();
        } catch (IncorrectObjectTypeException | MissingObjectException | CorruptObjectException odd) {
            return new Edited.Unusable(REF + " holds what Git's notes don't: " + odd.getMessage());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static CommitSha committed(ObjectId tree, @Nullable RevCommit parent, Instant at, ObjectInserter inserter)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        if (parent != null) {
            commit.setParentId(parent);
        }
        PersonIdent author = new PersonIdent("Plumbline", "plumbline@localhost", at, ZoneOffset.UTC);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage("Notes of Plumbline\n");
        ObjectId made = inserter.insert(commit);
        inserter.flush();
        return new CommitSha(made.name());
    }

    private static String text(ObjectReader reader, @Nullable Note note) throws IOException {
        if (note == null) {
            return "";
        }
        return new String(
                reader.open(note.getData(), Constants.OBJ_BLOB).getCachedBytes(LONGEST_NOTE), StandardCharsets.UTF_8);
    }

    private GitException unreadable(IOException cause) {
        return new GitException("can't read or write the notes of " + name + ": " + cause.getMessage(), cause);
    }

    private static ObjectId id(CommitSha commit) {
        return ObjectId.fromString(commit.hex());
    }
}
