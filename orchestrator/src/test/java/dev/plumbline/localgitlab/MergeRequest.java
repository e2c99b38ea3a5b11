package dev.plumbline.localgitlab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A merge request. */
final class MergeRequest {
    /** Notes touch it no more often. */
    private static final Duration TOUCHED = Duration.ofMinutes(1);

    private final long id;
    private final long iid;
    private final Account author;
    private final Project from;
    private final String branch;
    private final String target;
    private final Instant created;
    private final List<Note> notes = new ArrayList<>();
    private final Map<Account, Instant> approvals = new LinkedHashMap<>();
    private final Set<String> labels = new TreeSet<>();
    private String title = "";
    private String description = "";
    private String head;
    private State state = State.OPENED;
    private boolean checked;
    private Instant updated;
    private @Nullable Merge merge;

    enum State {
        OPENED,
        CLOSED,
        MERGED
    }

    /**
     * How it was merged.
     *
     * @param commit that joins both; null where there is none
     * @param squashed the one that all of its commits became; null where they were not squashed
     */
    record Merge(@Nullable String commit, @Nullable String squashed, Account by, Instant at) {}

    MergeRequest(
            long id, long iid, Account author, Project from, String branch, String target, String head, Instant at) {
        this.id = id;
        this.iid = iid;
        this.author = author;
        this.from = from;
        this.branch = branch;
        this.target = target;
        this.head = head;
        this.created = at;
        this.updated = at;
    }

    long id() {
        return id;
    }

    long iid() {
        return iid;
    }

    Account author() {
        return author;
    }

    /** Where its branch is. */
    Project from() {
        return from;
    }

    String branch() {
        return branch;
    }

    String target() {
        return target;
    }

    String head() {
        return head;
    }

    State state() {
        return state;
    }

    boolean open() {
        return state == State.OPENED;
    }

    boolean draft() {
        return title.startsWith("Draft: ");
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    Optional<Merge> merge() {
        return Optional.ofNullable(merge);
    }

    List<Note> notes() {
        return notes;
    }

    /** Who approves it, since when. */
    Map<Account, Instant> approvals() {
        return approvals;
    }

    Set<String> labels() {
        return labels;
    }

    /** Whether it was found out, since it moved last, that it can be merged. */
    boolean checked() {
        return checked;
    }

    void check() {
        checked = true;
    }

    void uncheck() {
        checked = false;
    }

    void says(String newTitle, String newDescription, Instant at) {
        title = newTitle;
        description = newDescription;
        updated = at;
    }

    void moved(String to, Instant at) {
        head = to;
        checked = false;
        updated = at;
    }

    /** Something was noted. The time of its last change follows with delay only. */
    void noted(Note note) {
        notes.add(note);
        touched(note.created());
    }

    void touched(Instant at) {
        if (at.isAfter(updated.plus(TOUCHED))) {
            updated = at;
        }
    }

    void becomes(State other, Instant at) {
        state = other;
        updated = at;
    }

    void merged(Merge how) {
        merge = how;
        becomes(State.MERGED, how.at());
    }
}
