package dev.plumbline.forge.http;

import dev.plumbline.forge.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

/** Times as all forges write them, with an offset. */
public final class JsonTime {
    private JsonTime() {}

    /** @throws UnreadableException where it is none */
    public static Instant of(JsonNode text) {
        try {
            return OffsetDateTime.parse(text.asString("")).toInstant();
        } catch (DateTimeException none) {
            throw new UnreadableException("a time");
        }
    }
}
