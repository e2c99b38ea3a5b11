package dev.plumbline.localgithub;

import dev.plumbline.localforge.Query;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * One page of a list. Some lists are turned by the page's number, others by where the last one ended.
 *
 * @param next the address of the next one
 */
record Paging(JsonNode page, Optional<String> next) {
    private static final int USUAL = 30;
    private static final int MOST = 100;

    /** @param address of the call, without its query */
    static Paging of(JsonNode whole, String address, Map<String, String> query, boolean cursor) {
        if (!whole.isArray()) {
            return new Paging(whole, Optional.empty());
        }
        int size = Math.min(MOST, number(query, "per_page", USUAL));
        int page = number(query, "page", 1);
        int from = cursor ? number(query, "after", 0) : (page - 1) * size;
        ArrayNode part = ((ArrayNode) whole).arrayNode();
        for (int i = from; i < Math.min(whole.size(), from + size); i++) {
            part.add(whole.get(i));
        }
        if (from + size >= whole.size()) {
            return new Paging(part, Optional.empty());
        }
        Map<String, String> turned = new HashMap<>(query);
        turned.put(cursor ? "after" : "page", String.valueOf(cursor ? from + size : page + 1));
        return new Paging(part, Optional.of(address + "?" + Query.written(turned)));
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        String given = query.getOrDefault(name, "");
        return given.matches("[0-9]{1,9}") ? Integer.parseInt(given) : otherwise;
    }
}
