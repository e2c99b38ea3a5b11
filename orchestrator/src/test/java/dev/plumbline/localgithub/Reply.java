package dev.plumbline.localgithub;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a call is answered with; lists are answered whole, and cut into pages later. */
record Reply(int status, Optional<JsonNode> body) {
    static Reply ok(JsonNode body) {
        return new Reply(200, Optional.of(body));
    }

    static Reply made(JsonNode body) {
        return new Reply(201, Optional.of(body));
    }

    static Reply nothing() {
        return new Reply(204, Optional.empty());
    }
}
