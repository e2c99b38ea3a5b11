package dev.plumbline.localgithub;

import java.time.Instant;

/**
 * What was sent to a listener, and what came back.
 *
 * @param guid the same when it is sent again
 * @param body the very bytes
 * @param status of the answer; 502 where there was none, as GitHub has it
 */
record Delivered(long id, String guid, long hook, String event, byte[] body, boolean again, Instant at, int status) {

    /** As GitHub words it. */
    String words() {
        return status < 300 ? "OK" : status == 502 ? "failed to connect to host" : "Invalid HTTP Response: " + status;
    }
}
