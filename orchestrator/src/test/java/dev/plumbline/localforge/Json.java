package dev.plumbline.localforge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Small things of JSON. */
public final class Json {
    private Json() {}

    public static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    public static JsonNode of(Object value) {
        return JsonMapper.shared().valueToTree(value);
    }

    public static <T> ArrayNode list(Collection<T> all, Function<T, ? extends JsonNode> each) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        all.forEach(one -> list.add(each.apply(one)));
        return list;
    }

    /** GitHub's times are of whole seconds. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
