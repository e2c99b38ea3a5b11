package dev.plumbline.localgitlab;

import java.util.Map;
import java.util.Set;

/**
 * Where something that happens in a project is sent. After some refusals in a row GitLab sends nothing more.
 *
 * @param token that is sent along; empty for none
 * @param signing the key that bodies are signed with, {@code whsec_…}; empty for none
 * @param events as the API names them, {@code push_events} and so on
 */
record Hook(long id, String url, String token, String signing, Set<String> events) {
    static final int MOST_FAILURES = 4;

    private static final Map<String, String> BY_HEADER = Map.of(
            "Push Hook", "push_events",
            "Note Hook", "note_events",
            "Merge Request Hook", "merge_requests_events");

    boolean wants(String header) {
        return events.contains(BY_HEADER.getOrDefault(header, ""));
    }
}
