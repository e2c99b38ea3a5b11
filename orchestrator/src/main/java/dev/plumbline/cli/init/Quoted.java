package dev.plumbline.cli.init;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Text as YAML takes it whatever stands in it: JSON's strings are YAML's, too. */
final class Quoted {
    private static final JsonMapper JSON = new JsonMapper();

    private Quoted() {}

    static String text(String text) {
        return JSON.writeValueAsString(text);
    }

    static String list(List<String> texts) {
        return texts.stream().map(Quoted::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
