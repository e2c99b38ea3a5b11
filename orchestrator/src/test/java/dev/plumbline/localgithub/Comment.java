package dev.plumbline.localgithub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What somebody said on a pull request. */
final class Comment {
    private final long id;
    private final long pull;
    private final Account author;
    private final Instant created;
    private final List<Reaction> reactions = new ArrayList<>();
    private String body;
    private Instant updated;

    record Reaction(long id, Account by, String content, Instant at) {}

    Comment(long id, long pull, Account author, String body, Instant created) {
        this.id = id;
        this.pull = pull;
        this.author = author;
        this.body = body;
        this.created = created;
        this.updated = created;
    }

    long id() {
        return id;
    }

    long pull() {
        return pull;
    }

    Account author() {
        return author;
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

    List<Reaction> reactions() {
        return reactions;
    }

    void says(String text, Instant at) {
        body = text;
        updated = at;
    }
}
