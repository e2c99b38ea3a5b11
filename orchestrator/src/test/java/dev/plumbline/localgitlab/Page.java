package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Query;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** One page of a list, with the headers that tell of the others. */
record Page(JsonNode part, Map<String, String> headers) {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    /** @param address of the call, without its query */
    static Page of(JsonNode whole, String address, Map<String, String> query) {
        if (!whole.isArray()) {
            return new Page(whole, Map.of());
        }
        int size = Math.min(MOST, number(query, "per_page", USUAL));
        int page = number(query, "page", 1);
        ArrayNode part = ((ArrayNode) whole).arrayNode();
        for (int i = (page - 1) * size; i < Math.min(whole.size(), page * size); i++) {
            part.add(whole.get(i));
        }
        Map<String, String> headers = new HashMap<>(Map.of(
                "X-Page", String.valueOf(page),
                "X-Per-Page", String.valueOf(size),
                "X-Total", String.valueOf(whole.size()),
                "X-Next-Page", ""));
        if (page * size < whole.size()) {
            Map<String, String> turned = new HashMap<>(query);
            turned.put("page", String.valueOf(page + 1));
            headers.put("X-Next-Page", String.valueOf(page + 1));
            headers.put("Link", "<" + address + "?" + Query.written(turned) + ">; rel=\"next\"");
        }
        return new Page(part, headers);
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        String given = query.getOrDefault(name, "");
        return given.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(given) : otherwise;
    }
}
