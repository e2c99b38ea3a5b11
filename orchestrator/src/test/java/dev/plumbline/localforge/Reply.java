package dev.plumbline.localforge;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a call is answered with; lists are answered whole, and cut into pages later. */
public record Reply(int status, Optional<JsonNode> body) {
    public static Reply ok(JsonNode body) {
        return new Reply(200, Optional.of(body));
    }

    public static Reply made(JsonNode body) {
        return new Reply(201, Optional.of(body));
    }

    public static Reply nothing() {
        return new Reply(204, Optional.empty());
    }
}
