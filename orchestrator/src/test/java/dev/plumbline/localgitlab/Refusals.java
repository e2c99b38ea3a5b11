package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Refusal;

/** How GitLab words what it doesn't do. */
final class Refusals {
    private Refusals() {}

    static Refusal notFound() {
        return new Refusal(404, "404 Not found");
    }

    static Refusal notFound(String what) {
        return new Refusal(404, "404 " + what + " Not Found");
    }

    static Refusal unauthorized() {
        return new Refusal(401, "401 Unauthorized");
    }

    static Refusal forbidden() {
        return new Refusal(403, "403 Forbidden");
    }

    static Refusal bad(String what) {
        return new Refusal(400, what);
    }
}
