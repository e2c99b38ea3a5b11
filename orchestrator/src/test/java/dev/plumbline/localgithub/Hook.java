package dev.plumbline.localgithub;

import java.util.List;

/**
 * Where something that happens is sent.
 *
 * @param secret what it is signed with
 */
record Hook(long id, String url, String secret, List<String> events, boolean active) {
    boolean wants(String event) {
        return active && (events.contains("*") || events.contains(event));
    }
}
