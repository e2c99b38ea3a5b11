package dev.plumbline.drift;

import java.time.Instant;

/**
 * One attribute of one resource that is not as main wants it.
 *
 * @param fingerprint the same for the same difference at every check, and for no other
 * @param address of the resource; {@code output.NAME} for an output
 * @param path the attribute; empty where it is the whole object
 * @param sentence what differs, masked
 * @param firstSeen when the check that found it first, since it last was resolved, was over
 * @param lastSeen when it was last found
 */
public record Divergence(
        String fingerprint, String address, String path, String sentence, Instant firstSeen, Instant lastSeen) {

    /** On one line: where it is and what differs. */
    public String line() {
        return new Difference(fingerprint, address, path, sentence).line();
    }
}
