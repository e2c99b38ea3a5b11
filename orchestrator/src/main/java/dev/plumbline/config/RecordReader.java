package dev.plumbline.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;

/**
 * Reads nodes into records: each component is a key, named in snake_case. Whatever is wrong is written down and read as
 * its default, so that one reading finds all the problems of a file.
 */
final class RecordReader {
    private final String file;
    private final Set<String> notYet;
    private final Map<Class<?>, Record> elementDefaults;
    private final UnaryOperator<String> substitution;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<String, Position> positions = new HashMap<>();

    /**
     * @param notYet keys and words that the design names and this version doesn't honour
     * @param elementDefaults for records that stand in lists
     * @param substitution applied to every text; throws IllegalArgumentException where a value is missing
     */
    RecordReader(
            String file,
            Set<String> notYet,
            Map<Class<?>, Record> elementDefaults,
            UnaryOperator<String> substitution) {
        this.file = file;
        this.notYet = notYet;
        this.elementDefaults = elementDefaults;
        this.substitution = substitution;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    Map<String, Position> positions() {
        return positions;
    }

    /** The key of a component: {@code publicUrl} is written {@code public_url}. */
    static String keyOf(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    <T extends Record> T read(MappingNode node, T defaults, String path) {
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            components.put(keyOf(component), component);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        components.forEach((key, component) -> values.put(key, get(component, defaults)));
        entries(node, path).forEach((key, entry) -> {
            RecordComponent component = components.get(key);
            if (component == null) {
                unknownKey(entry.getKeyNode(), key, components.keySet());
            } else {
                Object standard = get(component, defaults);
                values.put(key, value(entry.getValueNode(), component.getGenericType(), standard, join(path, key)));
            }
        });
        return construct(defaults, values);
    }

    private void unknownKey(Node at, String key, Set<String> known) {
        if (notYet.contains(key)) {
            problem(at, "'" + key + "' is not supported yet");
        } else {
            problem(
                    at,
                    "unknown key '" + key + "'" + Nearest.hint(key, known) + " (known here: " + String.join(", ", known)
                            + ")");
        }
    }

    private Map<String, NodeTuple> entries(MappingNode node, String path) {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                problem(tuple.getKeyNode(), "a key is text, not " + Yaml.describe(tuple.getKeyNode()));
                continue;
            }
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            NodeTuple earlier = entries.putIfAbsent(key, tuple);
            if (earlier != null) {
                int line = Yaml.position(earlier.getKeyNode().getStartMark()).line();
                problem(tuple.getKeyNode(), "'" + key + "' was already given on line " + line);
            } else {
                positions.put(join(path, key), Yaml.position(tuple.getKeyNode().getStartMark()));
            }
        }
        return entries;
    }

    private Object value(Node node, Type type, Object standard, String path) {
        if (Yaml.isNull(node) && type != JsonNode.class) {
            problem(node, "'" + path + "' has no value; expected " + expected(type) + ", or leave the key out");
            return standard;
        }
        if (type instanceof ParameterizedType) {
            ParameterizedType generic = (ParameterizedType) type;
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return Optional.ofNullable(element(node, of[0], path)).or(() -> cast(standard));
            }
            return generic.getRawType() == List.class ? list(node, of[0], path) : map(node, of[1], path);
        }
        if (standard instanceof Record && Scalars.of((Class<?>) type) == null) {
            Object nested = nested(node, (Record) standard, path);
            return nested == null ? standard : nested;
        }
        Object read = element(node, type, path);
        return read == null ? standard : read;
    }

    @SuppressWarnings("unchecked")
    private static Optional<Object> cast(Object standard) {
        return (Optional<Object>) standard;
    }

    private List<Object> list(Node node, Type of, String path) {
        List<Object> elements = new ArrayList<>();
        if (!(node instanceof SequenceNode)) {
            problem(node, "'" + path + "' expects a list, not " + Yaml.describe(node));
            return elements;
        }
        for (Node each : ((SequenceNode) node).getValue()) {
            String place = path + "[" + elements.size() + "]";
            positions.put(place, Yaml.position(each.getStartMark()));
            Object element = element(each, of, place);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    private SortedMap<String, Object> map(Node node, Type of, String path) {
        SortedMap<String, Object> values = new TreeMap<>();
        if (!(node instanceof MappingNode)) {
            problem(node, "'" + path + "' expects keys with values, not " + Yaml.describe(node));
            return values;
        }
        entries((MappingNode) node, path).forEach((key, entry) -> {
            Object element = element(entry.getValueNode(), of, join(path, key));
            if (element != null) {
                values.put(key, element);
            }
        });
        return values;
    }

    private @Nullable Object element(Node node, Type type, String path) {
        Class<?> plain = (Class<?>) type;
        if (plain == JsonNode.class) {
            return json(node, path);
        }
        if (plain.isRecord() && Scalars.of(plain) == null) {
            return nested(node, standardOf(plain), path);
        }
        if (!(node instanceof ScalarNode) || Yaml.isNull(node)) {
            problem(node, "'" + path + "' expects " + expected(type) + ", not " + Yaml.describe(node));
            return null;
        }
        return scalar((ScalarNode) node, plain, path);
    }

    private @Nullable Object nested(Node node, Record standard, String path) {
        if (!(node instanceof MappingNode)) {
            problem(node, "'" + path + "' expects keys with values, not " + Yaml.describe(node));
            return null;
        }
        return read((MappingNode) node, standard, path);
    }

    private Record standardOf(Class<?> type) {
        Record standard = elementDefaults.get(type);
        if (standard == null) {
            throw new IllegalStateException("no defaults are known for " + type.getSimpleName());
        }
        return standard;
    }

    private @Nullable Object json(Node node, String path) {
        try {
            return Yaml.json(node);
        } catch (IllegalArgumentException e) {
            problem(node, "'" + path + "' expects a value that JSON can hold, not " + e.getMessage());
            return null;
        }
    }

    private @Nullable Object scalar(ScalarNode node, Class<?> type, String path) {
        String text;
        try {
            text = substitution.apply(node.getValue());
        } catch (IllegalArgumentException e) {
            problem(node, "'" + path + "': " + e.getMessage());
            return null;
        }
        boolean substituted = !text.equals(node.getValue());
        if (type == boolean.class) {
            return literal(node, substituted, Tag.BOOL, text.matches("(?i)true|false"), type, path)
                    ? Boolean.valueOf(text)
                    : null;
        }
        if (type == int.class || type == Integer.class) {
            return literal(node, substituted, Tag.INT, text.matches("[0-9]{1,6}"), type, path)
                    ? Integer.valueOf(text)
                    : null;
        }
        if (type == Long.class) {
            return literal(node, substituted, Tag.INT, text.matches("[0-9]{1,18}"), type, path)
                    ? Long.valueOf(text)
                    : null;
        }
        if (!node.getTag().equals(Tag.STR)) {
            problem(
                    node,
                    "'" + path + "' expects " + expected(type) + ", not " + Yaml.describe(node)
                            + "; quote it where text is meant");
            return null;
        }
        return type.isEnum() ? word(node, text, type, path) : parsed(node, text, type, path);
    }

    private boolean literal(ScalarNode node, boolean substituted, Tag tag, boolean shaped, Class<?> type, String path) {
        if (shaped && (substituted || node.getTag().equals(tag))) {
            return true;
        }
        problem(
                node,
                "'" + path + "' expects " + expected(type) + ", not "
                        + (node.getTag().equals(tag) ? "'" + node.getValue() + "'" : Yaml.describe(node)));
        return false;
    }

    private @Nullable Object word(ScalarNode node, String text, Class<?> type, String path) {
        for (Object constant : type.getEnumConstants()) {
            if (wordOf(constant).equals(text)) {
                return constant;
            }
        }
        String why = notYet.contains(text)
                ? "'" + text + "' is not supported yet; '" + path + "' expects "
                : "'" + path + "' expects ";
        problem(
                node,
                why
                        + expected(type)
                        + (notYet.contains(text) ? "" : ", not '" + text + "'" + Nearest.hint(text, words(type))));
        return null;
    }

    private @Nullable Object parsed(ScalarNode node, String text, Class<?> type, String path) {
        Scalars.Scalar scalar = Scalars.of(type);
        if (scalar == null) {
            throw new IllegalStateException("no way is known to read a " + type.getSimpleName());
        }
        try {
            return scalar.parse().apply(text);
        } catch (IllegalArgumentException e) {
            problem(node, "'" + path + "' expects " + scalar.expected() + ": " + e.getMessage());
            return null;
        }
    }

    static String expected(Type type) {
        if (type instanceof ParameterizedType) {
            Type raw = ((ParameterizedType) type).getRawType();
            Type[] of = ((ParameterizedType) type).getActualTypeArguments();
            return raw == Optional.class ? expected(of[0]) : raw == List.class ? "a list" : "keys with values";
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return String.join(" or ", words(plain));
        }
        if (plain == boolean.class) {
            return "true or false";
        }
        if (plain == int.class || plain == Integer.class) {
            return "a whole number from 0 to 999999";
        }
        if (plain == Long.class) {
            return "a whole number";
        }
        Scalars.Scalar scalar = Scalars.of(plain);
        return scalar == null ? "keys with values" : scalar.expected();
    }

    static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(RecordReader::wordOf).collect(Collectors.toList());
    }

    private static String wordOf(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void problem(Node node, String message) {
        Position position = Yaml.position(node.getStartMark());
        problems.add(new ConfigProblem(file, position.line(), position.column(), message));
    }

    private static Object get(RecordComponent component, Record from) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(from);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("can't read " + component + " of " + from.getClass(), e);
        }
    }

    private static <T extends Record> T construct(T defaults, Map<String, Object> values) {
        Class<?>[] types = Arrays.stream(defaults.getClass().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked")
            var constructor =
                    (java.lang.reflect.Constructor<T>) defaults.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.values().toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "can't make a " + defaults.getClass().getSimpleName(), e);
        }
    }
}
