package dev.plumbline.terraform.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The attributes that providers' schemas call sensitive, from {@code terraform providers schema -json}. Plans don't repeat
 * all of them: on a replace the marks of the new value are missing.
 */
public final class SensitiveSchema {
    private static final String FIRST_LINE = "plumbline sensitive schema 1";
    private static final String DATA = "data.";

    /** Provider source to resource type (data sources with {@value #DATA} before theirs) to paths. */
    private final SortedMap<String, SortedMap<String, SortedSet<Path>>> providers;

    private SensitiveSchema(SortedMap<String, SortedMap<String, SortedSet<Path>>> providers) {
        this.providers = providers;
    }

    /** Knows nothing. */
    public static SensitiveSchema none() {
        return new SensitiveSchema(new TreeMap<>());
    }

    /**
     * Takes them from the command's output.
     *
     * @throws IllegalArgumentException where it is not that command's output
     */
    public static SensitiveSchema fromProvidersSchema(byte[] output) {
        JsonNode root;
        try {
            root = Json.mapper().readTree(output);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the output of providers schema -json is not JSON that can be read", e);
        }
        if (!Json.text(root, "format_version").startsWith("1.")) {
            throw new IllegalArgumentException("the output of providers schema -json is not of format 1.x");
        }
        SortedMap<String, SortedMap<String, SortedSet<Path>>> providers = new TreeMap<>();
        Json.at(root, "provider_schemas").properties().forEach(provider -> {
            SortedMap<String, SortedSet<Path>> types = new TreeMap<>();
            collectTypes("", Json.at(provider.getValue(), "resource_schemas"), types);
            collectTypes(DATA, Json.at(provider.getValue(), "data_source_schemas"), types);
            providers.put(provider.getKey(), types);
        });
        return new SensitiveSchema(providers);
    }

    /** Reads back what {@link #toBytes} wrote; empty where the bytes are not that, for a cache to be made anew. */
    public static Optional<SensitiveSchema> fromBytes(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            return Optional.empty();
        }
        SortedMap<String, SortedMap<String, SortedSet<Path>>> providers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(" ", -1);
            SortedMap<String, SortedSet<Path>> types = providers.computeIfAbsent(parts[0], key -> new TreeMap<>());
            if (parts.length > 1) {
                SortedSet<Path> paths = types.computeIfAbsent(parts[1], key -> new TreeSet<>());
                List.of(parts).subList(2, parts.length).forEach(text -> paths.add(parsePath(text)));
            }
        }
        return Optional.of(new SensitiveSchema(providers));
    }

    /** Compact text for a cache: a line per provider, then one per type that has sensitive attributes. */
    public byte[] toBytes() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        providers.forEach((provider, types) -> {
            text.append(provider).append('\n');
            types.forEach((type, paths) -> {
                text.append(provider).append(' ').append(type);
                paths.forEach(path -> text.append(' ').append(written(path)));
                text.append('\n');
            });
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What either knows. */
    public SensitiveSchema plus(SensitiveSchema other) {
        SortedMap<String, SortedMap<String, SortedSet<Path>>> all = new TreeMap<>(providers);
        all.putAll(other.providers);
        return new SensitiveSchema(all);
    }

    /** Whether it knows that provider, by its source address. */
    public boolean covers(String provider) {
        return providers.containsKey(provider);
    }

    /** The sensitive paths of a resource type; in a path, {@link Path.Each} stands for every element. */
    public SortedSet<Path> paths(String provider, ResourceAddress.Mode mode, String type) {
        Map<String, SortedSet<Path>> types = providers.getOrDefault(provider, Collections.emptySortedMap());
        String key = mode == ResourceAddress.Mode.DATA ? DATA + type : type;
        return types.getOrDefault(key, Collections.emptySortedSet());
    }

    ResourceChange mark(ResourceChange change) {
        return change.withSensitive(paths(
                change.provider(), change.address().mode(), change.address().type()));
    }

    private static void collectTypes(String prefix, JsonNode schemas, SortedMap<String, SortedSet<Path>> types) {
        schemas.properties().forEach(entry -> {
            SortedSet<Path> paths = new TreeSet<>();
            collectBlock(Json.at(entry.getValue(), "block"), Path.ROOT, paths);
            if (!paths.isEmpty()) {
                types.put(prefix + entry.getKey(), paths);
            }
        });
    }

    private static void collectBlock(JsonNode block, Path at, SortedSet<Path> paths) {
        collectAttributes(Json.at(block, "attributes"), at, paths);
        Json.at(block, "block_types").properties().forEach(entry -> {
            Path inside = inside(at, entry.getKey(), Json.text(entry.getValue(), "nesting_mode"));
            collectBlock(Json.at(entry.getValue(), "block"), inside, paths);
        });
    }

    private static void collectAttributes(JsonNode attributes, Path at, SortedSet<Path> paths) {
        attributes.properties().forEach(entry -> {
            JsonNode attribute = entry.getValue();
            JsonNode nested = Json.at(attribute, "nested_type");
            if (Json.flag(attribute, "sensitive")) {
                paths.add(at.plus(new Path.Name(entry.getKey())));
            } else if (nested.isObject()) {
                Path inside = inside(at, entry.getKey(), Json.text(nested, "nesting_mode"));
                collectAttributes(Json.at(nested, "attributes"), inside, paths);
            }
        });
    }

    private static Path inside(Path at, String name, String nesting) {
        Path named = at.plus(new Path.Name(name));
        boolean single = nesting.equals("single") || nesting.equals("group");
        return single ? named : named.plus(new Path.Each());
    }

    /** Attribute names have no dots, spaces or stars. */
    private static String written(Path path) {
        List<String> words = new ArrayList<>();
        for (Path.Step step : path.steps()) {
            words.add(step instanceof Path.Name name ? name.value() : "*");
        }
        return String.join(".", words);
    }

    private static Path parsePath(String text) {
        Path path = Path.ROOT;
        for (String word : text.split("\\.", -1)) {
            path = path.plus(word.equals("*") ? new Path.Each() : new Path.Name(word));
        }
        return path;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SensitiveSchema that && providers.equals(that.providers);
    }

    @Override
    public int hashCode() {
        return providers.hashCode();
    }
}
