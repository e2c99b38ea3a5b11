package dev.plumbline.localgitlab;

import java.time.Instant;

/** Something was brought to an environment. */
record Deployment(long id, String environment, String commit, String ref, String status, Account by, Instant at) {
    Deployment becomes(String other) {
        return new Deployment(id, environment, commit, ref, other, by, at);
    }
}
