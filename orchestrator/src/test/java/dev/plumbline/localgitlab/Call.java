package dev.plumbline.localgitlab;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A call that is let in.
 *
 * @param path what stands in place of the template's names, decoded
 * @param body missing node where there is none
 */
record Call(Account caller, Map<String, String> path, Map<String, String> query, JsonNode body) {
    String at(String name) {
        return Optional.ofNullable(path.get(name)).orElseThrow();
    }

    long number(String name) {
        try {
            return Long.parseLong(at(name));
        } catch (NumberFormatException notOne) {
            throw Refusals.bad(name + " is invalid");
        }
    }

    /** A member of the body; empty text where it is missing. */
    String text(String name) {
        return body.path(name).asString("");
    }

    /** A member of the body without which there is no call. */
    String required(String name) {
        if (text(name).isBlank()) {
            throw Refusals.bad(name + " is missing");
        }
        return text(name);
    }
}
