package dev.plumbline.run;

import java.nio.charset.StandardCharsets;

/**
 * What is written down before a state in a backend is replaced, so that whoever takes up the run of a server that died knows whether
 * that was done: a second time, the addresses would not be there.
 *
 * @param before a hash over what was there
 * @param after a hash over what it becomes
 */
record StateWrite(String before, String after) {
    static StateWrite of(byte[] before, byte[] after) {
        return new StateWrite(hash(before), hash(after));
    }

    static StateWrite fromBytes(byte[] bytes) {
        String[] hashes = new String(bytes, StandardCharsets.US_ASCII).split(" ", 2);
        return new StateWrite(hashes[0], hashes[1]);
    }

    byte[] toBytes() {
        return (before + " " + after).getBytes(StandardCharsets.US_ASCII);
    }

    boolean ledTo(byte[] there) {
        return hash(there).equals(after);
    }

    boolean startsFrom(byte[] there) {
        return hash(there).equals(before);
    }

    /** The same however it is laid out; some backends count a write of their own. */
    private static String hash(byte[] state) {
        return PlanReporter.sha256(state.length == 0 ? state : IncomingState.withSerial(state, 0));
    }
}
