package dev.plumbline.localgithub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A pull request. */
final class Pull {
    private final long number;
    private final Account author;
    private final Repository from;
    private final String branch;
    private final String base;
    private final Instant created;
    private final List<Review> reviews = new ArrayList<>();
    private final Set<String> labels = new TreeSet<>();
    private String title;
    private String body;
    private boolean draft;
    private String head;
    private boolean open = true;
    private Instant updated;
    private @Nullable Instant closed;
    private @Nullable Merge merge;

    /** How it was merged. */
    record Merge(String commit, Account by, Instant at) {}

    /** @param state as GitHub words it */
    record Review(long id, Account by, String state, String body, String commit, Instant at) {}

    Pull(long number, Account author, Repository from, String branch, String base, String head, Instant created) {
        this.number = number;
        this.author = author;
        this.from = from;
        this.branch = branch;
        this.base = base;
        this.head = head;
        this.created = created;
        this.updated = created;
        this.title = "";
        this.body = "";
    }

    long number() {
        return number;
    }

    Account author() {
        return author;
    }

    /** Where its branch is. */
    Repository from() {
        return from;
    }

    String branch() {
        return branch;
    }

    String base() {
        return base;
    }

    String head() {
        return head;
    }

    boolean open() {
        return open;
    }

    boolean draft() {
        return draft;
    }

    String title() {
        return title;
    }

    String body() {
        return body;
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    Optional<Instant> closed() {
        return Optional.ofNullable(closed);
    }

    Optional<Merge> merge() {
        return Optional.ofNullable(merge);
    }

    List<Review> reviews() {
        return reviews;
    }

    Set<String> labels() {
        return labels;
    }

    void says(String newTitle, String newBody, boolean isDraft, Instant at) {
        title = newTitle;
        body = newBody;
        draft = isDraft;
        updated = at;
    }

    /** Somebody said something. */
    void touched(Instant at) {
        updated = at;
    }

    void moved(String to, Instant at) {
        head = to;
        updated = at;
    }

    void closed(boolean shut, Instant at) {
        open = !shut;
        closed = shut ? at : null;
        updated = at;
    }

    void merged(Merge how) {
        merge = how;
        closed(true, how.at());
    }
}
