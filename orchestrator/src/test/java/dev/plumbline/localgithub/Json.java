package dev.plumbline.localgithub;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Small things of JSON. */
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    static JsonNode of(Object value) {
        return JsonMapper.shared().valueToTree(value);
    }

    static <T> ArrayNode list(Collection<T> all, Function<T, ? extends JsonNode> each) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        all.forEach(one -> list.add(each.apply(one)));
        return list;
    }

    /** GitHub's times are of whole seconds. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
