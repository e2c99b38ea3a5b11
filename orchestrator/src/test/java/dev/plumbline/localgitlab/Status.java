package dev.plumbline.localgitlab;

import java.time.Instant;

/** A job of another system on a commit; GitLab keeps it as part of a pipeline of a ref. */
final class Status {
    private final long id;
    private final String commit;
    private final String ref;
    private final String name;
    private final Account by;
    private final Instant created;
    private String state = "created";
    private String description = "";
    private String url = "";

    Status(long id, String commit, String ref, String name, Account by, Instant created) {
        this.id = id;
        this.commit = commit;
        this.ref = ref;
        this.name = name;
        this.by = by;
        this.created = created;
    }

    long id() {
        return id;
    }

    String commit() {
        return commit;
    }

    String ref() {
        return ref;
    }

    String name() {
        return name;
    }

    Account by() {
        return by;
    }

    Instant created() {
        return created;
    }

    String state() {
        return state;
    }

    String description() {
        return description;
    }

    String url() {
        return url;
    }

    boolean live() {
        return state.equals("pending") || state.equals("running");
    }

    /** Whether it may go there from where it is: never to where it is already. */
    boolean mayBecome(String wanted) {
        return switch (wanted) {
            case "pending" -> state.equals("created");
            case "running" -> state.equals("created") || state.equals("pending");
            default -> state.equals("created") || live();
        };
    }

    void becomes(String wanted, String saying, String at) {
        state = wanted;
        description = saying;
        url = at;
    }
}
