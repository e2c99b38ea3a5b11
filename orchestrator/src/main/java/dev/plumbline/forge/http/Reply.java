package dev.plumbline.forge.http;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a forge answered.
 *
 * @param words what it says of it, made harmless
 */
record Reply(int status, JsonNode body, String words, HttpHeaders headers) {
    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^<]*\\brel=\"?next\\b");

    boolean good() {
        return status / 100 == 2;
    }

    /** How long the list is of which this is a page; empty where the forge doesn't say. */
    OptionalLong total() {
        return headers.firstValueAsLong("X-Total-Count");
    }

    /** The address of the next page. */
    Optional<String> next() {
        return headers.allValues("Link").stream()
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }
}
