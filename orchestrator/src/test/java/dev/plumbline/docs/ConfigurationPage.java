package dev.plumbline.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the reference of all keys from the schemas. */
final class ConfigurationPage {
    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final JsonMapper JSON = new JsonMapper();

    private final StringBuilder text = new StringBuilder();

    String text() {
        line("# Configuration");
        line("");
        line(
                "<!-- Made from the schemas by ConfigurationPageTest, which says how to make it anew. Don't edit it by hand. -->");
        line("");
        line(
                "No file is needed: every key has a default. An unknown key, a wrong type or a cycle is an error with file, line and");
        line(
                "column; `plumbline check` finds it before a push does, and `plumbline check --config server.yaml` looks at the server's");
        line("file, too. `plumbline init` writes a first plumbline.yaml.");
        line("");
        line("Durations are written `30s`, `5m`, `6h`, `2d`; sizes `512MiB`, `2GiB`. The schemas for editors are in");
        line("[`orchestrator/src/main/resources/schemas`](../orchestrator/src/main/resources/schemas).");
        file(
                "plumbline",
                "Rules, that is all but `stacks`, are read from main as it was before the push: a branch can't loosen them for itself.");
        file("stack", "");
        file(
                "policy",
                "Read from main as it was before the push, too. What a path or a pattern may be, and what becomes of a plan that is"
                        + " refused, says [policies.md](policies.md).");
        file(
                "server",
                "For `plumbline serve --config server.yaml`. `${env:NAME}` is that variable of the server's environment,"
                        + " `${file:PATH}` the content of that file; `$${` is a literal `${`.");
        return text.toString();
    }

    private void file(String name, String more) {
        JsonNode schema = JSON.readTree(SCHEMAS.resolve(name + ".schema.json").toFile());
        line("");
        line("## " + schema.path("title").asString());
        line("");
        line(sentence(schema.path("description").asString()));
        if (!more.isEmpty()) {
            line("");
            line(more);
        }
        schema.path("properties").forEachEntry(this::section);
    }

    private void section(String key, JsonNode schema) {
        line("");
        line("### `" + key + "`");
        line("");
        line(sentence(schema.path("description").asString()));
        line("");
        line("- " + kind(schema) + standard(schema));
        List<String> rows = new ArrayList<>();
        rows(key, keys(schema), required(schema), rows);
        if (!rows.isEmpty()) {
            line("");
            line("| Key | | |");
            line("|---|---|---|");
            rows.forEach(this::line);
        }
    }

    private void rows(String path, JsonNode keys, List<String> required, List<String> rows) {
        keys.forEachEntry((key, schema) -> {
            String name = path + "." + key;
            String must = required.contains(key) ? " **Needed.**" : "";
            rows.add("| `" + name + "` | "
                    + sentence(schema.path("description").asString()).replace("|", "\\|") + must + " | "
                    + (kind(schema) + standard(schema)).replace("|", "\\|") + " |");
            rows(name, keys(schema), required(schema), rows);
        });
    }

    /** Of an object, of the objects of a list, or of the objects that a map holds; those of none are none. */
    private static JsonNode keys(JsonNode schema) {
        JsonNode typed = typed(schema);
        JsonNode inner = typed.has("items") ? typed(typed.path("items")) : typed;
        return inner.path("properties");
    }

    private static List<String> required(JsonNode schema) {
        JsonNode typed = typed(schema);
        JsonNode inner = typed.has("items") ? typed(typed.path("items")) : typed;
        return inner.path("required").valueStream().map(JsonNode::asString).toList();
    }

    /** Without the alternative that is a reference to a variable or a file. */
    private static JsonNode typed(JsonNode schema) {
        return schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
    }

    private static String kind(JsonNode schema) {
        JsonNode typed = typed(schema);
        if (typed.has("enum")) {
            return typed.path("enum")
                    .valueStream()
                    .map(word -> "`" + word.asString() + "`")
                    .collect(Collectors.joining(" or "));
        }
        return switch (typed.path("type").asString("")) {
            case "array" -> "a list" + of(typed.path("items"));
            case "object" -> typed.has("properties") ? "keys" : "names with values";
            case "integer" ->
                "a whole number" + (typed.path("minimum").asInt(0) > 0 ? " from " + typed.path("minimum") : "");
            case "boolean" -> "`true` or `false`";
            case "string" -> text(typed.path("pattern").asString(""));
            default -> "any value";
        };
    }

    private static String of(JsonNode items) {
        JsonNode typed = typed(items);
        if (typed.has("enum")) {
            return " of " + kind(items);
        }
        return typed.path("type").asString("").equals("object") ? " of keys" : " of " + kind(items) + "s";
    }

    private static String text(String pattern) {
        if (pattern.contains("(s|m|h|d)")) {
            return "duration";
        }
        if (pattern.contains("KiB")) {
            return "size";
        }
        if (pattern.equals("^/")) {
            return "absolute path";
        }
        return pattern.startsWith("^https?") ? "address" : "text";
    }

    private static String standard(JsonNode schema) {
        JsonNode standard = schema.path("default");
        if (standard.isArray() && !standard.isEmpty()) {
            return ", default `" + standard + "`";
        }
        boolean told = schema.has("default") && !standard.isContainer();
        return told
                ? ", default `" + standard.asString() + "`"
                : standard.isEmpty() && standard.isContainer() ? ", default none" : "";
    }

    private static String sentence(String description) {
        return description.isEmpty() || description.endsWith(".") ? description : description + ".";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
