package dev.plumbline.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.CommitBuilder;
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
     * @return empty where nothing changes
     */
    public Optional<CommitSha> edited(Map<CommitSha, UnaryOperator<String>> edits, Instant at) {
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader();
                ObjectInserter inserter = repository.newObjectInserter()) {
            Optional<CommitSha> tip = tip();
            RevCommit parent = tip.isPresent() ? walk.parseCommit(id(tip.get())) : null;
            NoteMap notes = parent == null ? NoteMap.newEmptyMap() : NoteMap.read(reader, parent);
            boolean changed = false;
            for (Map.Entry<CommitSha, UnaryOperator<String>> edit : edits.entrySet()) {
                ObjectId commit = id(edit.getKey());
                String before = text(reader, notes.getNote(commit));
                String after = edit.getValue().apply(before);
                if (!after.equals(before)) {
                    notes.set(commit, after, inserter);
                    changed = true;
                }
            }
            if (!changed) {
                return Optional.empty();
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(notes.writeTree(inserter));
            if (parent != null) {
                commit.setParentId(parent);
            }
            PersonIdent author = new PersonIdent("Plumbline", "plumbline@localhost", at, ZoneOffset.UTC);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage("Notes of Plumbline\n");
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return Optional.of(new CommitSha(made.name()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static String text(ObjectReader reader, @Nullable Note note) throws IOException {
        if (note == null) {
            return "";
        }
        return new String(reader.open(note.getData()).getCachedBytes(LONGEST_NOTE), StandardCharsets.UTF_8);
    }

    private GitException unreadable(IOException cause) {
        return new GitException("can't read or write the notes of " + name + ": " + cause.getMessage(), cause);
    }

    private static ObjectId id(CommitSha commit) {
        return ObjectId.fromString(commit.hex());
    }
}
