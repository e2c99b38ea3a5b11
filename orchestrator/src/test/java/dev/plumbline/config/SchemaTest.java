package dev.plumbline.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published schemas and the records say the same. */
class SchemaTest {
    private static final Map<String, Record> RECORDS = Map.of(
            "plumbline", RepositoryConfig.DEFAULT,
            "stack", StackConfig.DEFAULT,
            "policy", PolicyConfig.DEFAULT,
            "server", ServerConfig.defaults(Path.of("/home/someone/.local/share/plumbline")));

    private static final Map<String, Record> ELEMENTS = Map.of(
            "policy.refuse", PolicyConfig.Rule.DEFAULT,
            "policy.warn", PolicyConfig.Rule.DEFAULT,
            "server.environment", ServerConfig.EnvironmentRule.DEFAULT,
            "server.forges", ForgeConfig.DEFAULT,
            "server.repositories", MirroredRepository.DEFAULT,
            "server.floors", Floor.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"plumbline", "stack", "policy", "server"})
    void each_component_is_a_property_with_its_type_and_default(String name) throws Exception {
        Record defaults = java.util.Objects.requireNonNull(RECORDS.get(name));
        compare(name, schema(name), defaults);
    }

    private static void compare(String place, JsonNode schema, Record defaults) throws Exception {
        assertThat(schema.path("additionalProperties").booleanValue()).as(place).isFalse();
        List<String> keys = Stream.of(defaults.getClass().getRecordComponents())
                .map(RecordReader::keyOf)
                .toList();
        assertThat(schema.path("properties").propertyNames()).as(place).containsExactlyInAnyOrderElementsOf(keys);
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            String key = RecordReader.keyOf(component);
            JsonNode property = schema.path("properties").path(key);
            assertThat(property.path("description").asString(""))
                    .as(place + "." + key)
                    .isNotEmpty();
            component.getAccessor().setAccessible(true);
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.asString().equals(key));
            compareValue(
                    place + "." + key,
                    property,
                    component.getGenericType(),
                    component.getAccessor().invoke(defaults),
                    required && !property.has("default"));
        }
    }

    private static void compareValue(String place, JsonNode property, Type type, Object standard, boolean required)
            throws Exception {
        JsonNode typed = property.has("anyOf") ? property.path("anyOf").path(0) : property;
        if (standard instanceof Record && typed.has("properties")) {
            compare(place, typed, (Record) standard);
            return;
        }
        if (typed.path("items").has("properties")) {
            Record element = java.util.Objects.requireNonNull(ELEMENTS.get(place), place);
            compare(place + "[]", typed.path("items"), element);
        }
        assertThat(kind(typed)).as(place).isEqualTo(kind(type));
        if (typed.has("enum")) {
            assertThat(typed.path("enum").valueStream().map(JsonNode::stringValue))
                    .as(place)
                    .containsExactlyElementsOf(RecordReader.words((Class<?>) bare(type)));
        }
        boolean hasDefault = property.has("default");
        boolean none = required
                || standard instanceof Optional
                || place.equals("server.home")
                || place.equals("plumbline.stacks");
        assertThat(hasDefault).as(place + " has a default").isEqualTo(!none);
        if (hasDefault && property.path("default").isValueNode()) {
            assertThat(property.path("default").asString().toLowerCase(java.util.Locale.ROOT))
                    .as(place)
                    .isEqualTo(shown(standard));
        }
    }

    private static String shown(Object value) {
        if (value instanceof java.time.Duration) {
            long seconds = ((java.time.Duration) value).toSeconds();
            return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
        }
        return value.toString().toLowerCase(java.util.Locale.ROOT);
    }

    private static Type bare(Type type) {
        boolean optional =
                type instanceof ParameterizedType && ((ParameterizedType) type).getRawType() == Optional.class;
        return optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }

    private static String kind(JsonNode typed) {
        return typed.has("enum") ? "enum" : typed.path("type").asString("any");
    }

    private static String kind(Type type) {
        Type bare = bare(type);
        if (bare instanceof ParameterizedType) {
            Type raw = ((ParameterizedType) bare).getRawType();
            return raw == List.class ? "array" : raw == SortedMap.class ? "object" : "unknown";
        }
        Class<?> plain = (Class<?>) bare;
        if (plain.isEnum()) {
            return "enum";
        }
        if (plain == boolean.class) {
            return "boolean";
        }
        boolean whole = plain == int.class || plain == Integer.class || plain == Long.class;
        return whole ? "integer" : "string";
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                sample("plumbline", true, "stacks: ['stacks/**']\napprovals: 2\ndrift: {schedule: '0 */6 * * *'}"),
                sample("plumbline", true, "apply: on_merge\ndownstream: auto\ndirect_push: apply"),
                sample("plumbline", true, "drift: {schedule: '30 0 5 ? * MON'}".replace("?", "*")),
                sample("plumbline", false, "stacks: []"),
                sample("plumbline", false, "stacks: all"),
                sample("plumbline", false, "stacks: ['']"),
                sample("plumbline", false, "approvals: '2'"),
                sample("plumbline", false, "approvals: -1"),
                sample("plumbline", false, "approvals: 1.5"),
                sample("plumbline", false, "approvals: null"),
                sample("plumbline", true, "apply: before_merge\nmerge: squash"),
                sample("plumbline", false, "apply: after_merge"),
                sample("plumbline", false, "drift: {schedule: '* * *'}"),
                sample("plumbline", false, "drift: {every: 1h}"),
                sample("plumbline", false, "roles: {}"),
                sample("plumbline", true, "may: {approve: ['@platform/ops', codeowners], unlock: [admin]}"),
                sample("plumbline", true, "may: {plan: ['@ada', '@a_b/c.d/e'], apply: [read, write]}"),
                sample("plumbline", false, "may: {approve: []}"),
                sample("plumbline", false, "may: {approve: write}"),
                sample("plumbline", false, "may: {approve: [ada]}"),
                sample("plumbline", false, "may: {approve: ['@']}"),
                sample("plumbline", false, "may: {approve: ['@a b']}"),
                sample("plumbline", false, "may: {retry: [write]}"),
                sample("server", true, "floors: [{repository: 'team/*', approvals: 1, may: {apply: [write]}}]"),
                sample("server", true, "floors: [{may: {approve: ['@a']}}]"),
                sample("server", true, "floors: [{approvals: '${env:PORT}'}]"),
                sample("server", false, "floors: [{may: {apply: []}}]"),
                sample("server", false, "floors: [{approval: 1}]"),
                sample("server", false, "floors: [{may: {apply: [everybody]}}]"),
                sample(
                        "stack",
                        true,
                        "name: x\ndepends_on: [a, b]\ninputs: {a: b.c}\nvariables: {n: 1, l: [1], z: null}"),
                sample(
                        "stack",
                        true,
                        "var_files: [x.tfvars]\nwatch: ['*.json']\nmoved_from: a/b\ndrift: {enabled: false}"),
                sample("stack", false, "depends_on: a"),
                sample("stack", false, "inputs: [a]"),
                sample("stack", false, "inputs: {a: 1}"),
                sample("stack", false, "drift: {enabled: 'no'}"),
                sample("stack", false, "drift: {schedule: hourly}"),
                sample("stack", false, "name: 1"),
                sample("stack", true, "workspace: staging\nterraform: 1.10.5"),
                sample("stack", true, "terraform: tofu:1.10.10"),
                sample("stack", true, "terraform: '~> 1.11'"),
                sample("stack", true, "terraform: '>= 1.10.1, < 1.13'"),
                sample("stack", false, "terraform: '1.11'"),
                sample("stack", false, "terraform: latest"),
                sample("stack", false, "workspace: a/b"),
                sample("policy", true, "refuse: [{actions: [destroy, replace]}]"),
                sample(
                        "policy",
                        true,
                        "title: t\nstacks: [a]\nwarn: [{actions: [create], resources: [aws_*], where: {a.b: null, c: [1]},"
                                + " more_than: 2, because: b}]"),
                sample("policy", true, "refuse: []\nwarn: [{actions: [forget]}]"),
                sample("policy", false, "title: nothing"),
                sample("policy", false, "refuse: []"),
                sample("policy", false, "refuse: [{}]"),
                sample("policy", false, "refuse: [{actions: []}]"),
                sample("policy", false, "refuse: [{actions: [delete]}]"),
                sample("policy", false, "refuse: [{actions: destroy}]"),
                sample("policy", false, "refuse: {actions: [destroy]}"),
                sample("policy", false, "refuse: [{actions: [destroy], resources: []}]"),
                sample("policy", false, "refuse: [{actions: [destroy], resources: ['']}]"),
                sample("policy", false, "refuse: [{actions: [destroy], more_than: -1}]"),
                sample("policy", false, "refuse: [{actions: [destroy], where: [a]}]"),
                sample("policy", false, "refuse: [{actions: [destroy], resource: [a]}]"),
                sample("policy", false, "stacks: []\nrefuse: [{actions: [destroy]}]"),
                sample("policy", false, "title: " + "t".repeat(101) + "\nrefuse: [{actions: [destroy]}]"),
                sample("policy", false, "warn: [{actions: [destroy], because: " + "b".repeat(501) + "}]"),
                sample("plumbline", true, "terraform: 'tofu:~> 1.10.0'"),
                sample("plumbline", false, "terraform: tofu"),
                sample("server", true, "terraform: {versions: {1.10.5: /bin/tf, 'tofu:1.10.10': /bin/tofu}}"),
                sample("server", true, "terraform: {tofu_mirror: 'https://m.example/'}"),
                sample("server", false, "terraform: {versions: {'~> 1.10': /bin/tf}}"),
                sample("server", true, "aws: {use_ambient: true}"),
                sample("server", false, "aws: {ambient: true}"),
                sample(
                        "server",
                        true,
                        "module_credentials: {ssh_key: /k, known_hosts: /h, registries: {r.example: t}}"),
                sample("server", true, "module_credentials: {netrc: {g.example: {login: a, password: b}}}"),
                sample("server", false, "module_credentials: {netrc: {g.example: {login: a}}}"),
                sample("server", true, "listen: 127.0.0.1:0\nhome: /var/lib/x\nlocal_backends: [/state]"),
                sample("server", true, "listen: '127.0.0.1:${env:PORT}'\nlimits: {parallel_runs: '${env:PORT}'}"),
                sample("server", true, "environment: [{stack: 'a/**', phase: drift, set: {A: b}}]"),
                sample("server", true, "limits: {parallel_runs: 4, memory_per_run: 1GiB, plan_timeout: 90m}"),
                sample(
                        "server",
                        true,
                        "push: {max_size: 1GiB}\nterraform: {path: /bin/tf, mirror: 'https://m.example/'}"),
                sample(
                        "server",
                        true,
                        "forges: [{name: work, kind: git, url: 'https://git.example/team', token: x, poll: 30s}]\n"
                                + "repositories: [{forge: work, name: infra, branch: trunk}]"),
                sample("server", true, "forges: [{name: w, kind: git, url: 'git@host:team', notes: false}]"),
                sample("server", false, "forges: [{name: w, kind: svn, url: /srv/git}]"),
                sample(
                        "server",
                        true,
                        "forges: [{name: w, kind: github, url: 'https://github.com', app: {id: 7, private_key: A PRIVATE KEY}}]"),
                sample(
                        "server",
                        false,
                        "forges: [{name: w, kind: github, url: 'https://github.com', app: {id: seven, private_key: A PRIVATE KEY}}]"),
                sample("server", false, "forges: [{name: w, kind: git}]"),
                sample("server", false, "forges: [{name: w, kind: git, url: somewhere}]"),
                sample("server", false, "forges: [{name: w, kind: git, url: 'git@h:t', ssh_key: /etc/key}]"),
                sample("server", false, "forges: [{kind: git, url: /srv/git}]"),
                sample("server", false, "repositories: [{name: infra}]"),
                sample("server", false, "environment: [{stack: a}]"),
                sample("server", false, "environment: [{phase: destroy, set: {}}]"),
                sample("server", false, "limits: {plan_timeout: 90}"),
                sample("server", false, "limits: {plan_timeout: 0s}"),
                sample("server", false, "limits: {parallel_runs: 0}"),
                sample("server", false, "limits: {memory_per_run: 5MB}"),
                sample("server", false, "home: relative"),
                sample("server", false, "listen: 8080"),
                sample("server", false, "insecure: 'perhaps'"),
                sample("server", false, "public_url: ftp://x"),
                sample("server", false, "database: x"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_file_is_judged_by_the_reader_as_by_the_schema(String name, boolean valid, String text) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema(name));
        assertThat(schema.validate(YAMLMapper.shared().readTree(text)).isEmpty())
                .as("schema: " + text)
                .isEqualTo(valid);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<ConfigProblem> problems = switch (name) {
            case "plumbline" -> ConfigReader.repository("f", bytes).problems();
            case "stack" -> ConfigReader.stack("f", bytes).problems();
            case "policy" -> ConfigReader.policy("f", bytes).problems();
            default ->
                ConfigReader.server(Path.of("f"), bytes, Map.of("PORT", "80", "HOME", "/h"))
                        .problems();
        };
        assertThat(problems.isEmpty()).as("reader: " + problems).isEqualTo(valid);
    }

    private static Arguments sample(String name, boolean valid, String text) {
        return Arguments.of(name, valid, text);
    }

    private static JsonNode schema(String name) throws IOException {
        try (InputStream in = SchemaTest.class.getResourceAsStream("/schemas/" + name + ".schema.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
