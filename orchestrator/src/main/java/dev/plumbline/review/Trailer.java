package dev.plumbline.review;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last line of a comment, for programs: one JSON object in an HTML comment, which nobody sees.
 *
 * @param state the word for the change's state
 * @param stacks each stack's state by its folder
 */
record Trailer(Change change, String state, Optional<PlansDigest> digest, SortedMap<String, String> stacks) {
    private static final String BEGIN = "<!-- plumbline ";
    private static final String END = " -->\n";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param longest where it would be longer, the stacks are only counted */
    String within(int longest) {
        String whole = line(true);
        return whole.length() <= longest ? whole : line(false);
    }

    private String line(boolean each) {
        ObjectNode line = JSON.createObjectNode();
        line.put("change", change.number());
        line.put("state", state);
        line.put("head", change.head().hex());
        Optional.ofNullable(change.preview())
                .ifPresent(preview -> line.put("base", preview.base().hex()));
        digest.ifPresent(plans -> line.put("digest", plans.hex()));
        if (each) {
            ObjectNode states = line.putObject("stacks");
            stacks.forEach(states::put);
        } else {
            line.put("stacks_left_out", stacks.size());
        }
        return BEGIN + escaped(line.toString()) + END;
    }

    /** Still the same JSON: nothing in it ends the comment, or is a mention or a reference for who reads comments as text. */
    private static String escaped(String json) {
        String safe = json;
        for (Map.Entry<String, String> each : Map.of("<", "003c", ">", "003e", "&", "0026", "@", "0040", "#", "0023")
                .entrySet()) {
            safe = safe.replace(each.getKey(), "\\u" + each.getValue());
        }
        return safe;
    }
}
