package dev.plumbline.localgitlab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What somebody said on a merge request, or what GitLab noted of it itself. */
final class Note {
    private final long id;
    private final Account author;
    private final boolean system;
    private final Instant created;
    private final List<Award> awards = new ArrayList<>();
    private String body;
    private Instant updated;

    record Award(long id, Account by, String name, Instant at) {}

    Note(long id, Account author, boolean system, String body, Instant created) {
        this.id = id;
        this.author = author;
        this.system = system;
        this.body = body;
        this.created = created;
        this.updated = created;
    }

    long id() {
        return id;
    }

    Account author() {
        return author;
    }

    boolean system() {
        return system;
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

    List<Award> awards() {
        return awards;
    }

    void says(String text, Instant at) {
        body = text;
        updated = at;
    }

    /** A sign makes it look changed, as there. */
    void awarded(Award award) {
        awards.add(award);
        updated = award.at();
    }
}
