package dev.plumbline.web;

import java.util.Optional;

/** What machines ask of a server: whether it can work, and its numbers. */
public interface Health {
    /** Why it can't do its work now, in a sentence; empty where it can. Cheap enough to be asked by anybody. */
    Optional<String> trouble();

    /** Its numbers in Prometheus' text format. */
    String metrics();

    /** Notes that a request was answered with that status. */
    void answered(int status);
}
