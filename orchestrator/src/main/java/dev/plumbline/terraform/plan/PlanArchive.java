package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A {@link Plan} as bytes, to be kept (encrypted: it holds the secrets too) and compared with a later one. */
public final class PlanArchive {
    private static final int FORMAT = 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlanArchive() {}

    /** Compact JSON of a form of our own. */
    public static byte[] toBytes(Plan plan) {
        ObjectNode root = NODES.objectNode();
        root.put("plumbline_plan", FORMAT);
        root.put("version", plan.terraformVersion());
        root.put("applyable", plan.applyable()).put("complete", plan.complete()).put("errored", plan.errored());
        plan.changes().forEach(change -> root.withArray("/changes").add(resource(change)));
        plan.drift().forEach(change -> root.withArray("/drift").add(resource(change)));
        plan.outputs()
                .forEach(output ->
                        root.withArray("/outputs").add(change(output.change()).put("name", output.name())));
        plan.checks().forEach(check -> root.withArray("/checks").add(check(check)));
        ObjectNode variables = root.putObject("variables");
        plan.variables().forEach((name, value) -> variables.set(name, ValueJson.exact(value)));
        plan.relevantAttributes().forEach(root.withArray("/relevant")::add);
        plan.stateSecrets().strings().forEach(root.withArray("/secrets")::add);
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #toBytes} wrote. */
    public static PlanReading fromBytes(byte[] bytes) {
        JsonMapper json = Json.mapper();
        try {
            JsonNode root = json.readTree(bytes);
            if (Json.at(root, "plumbline_plan").asInt(0) != FORMAT) {
                return new PlanReading.Unreadable("the kept plan is not of this version's format; plan again");
            }
            return new PlanReading.Read(plan(root));
        } catch (JacksonException | PlanFormatException | IllegalArgumentException e) {
            return new PlanReading.Unreadable("the kept plan can't be read; plan again");
        }
    }

    private static Plan plan(JsonNode root) {
        List<OutputChange> outputs = new ArrayList<>();
        Json.at(root, "outputs").forEach(node -> outputs.add(new OutputChange(Json.text(node, "name"), change(node))));
        List<CheckResult> checks = new ArrayList<>();
        Json.at(root, "checks").forEach(node -> checks.add(check(node)));
        TreeMap<String, Value> variables = new TreeMap<>();
        Json.at(root, "variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), ValueJson.read(entry.getValue())));
        return new Plan(
                Json.text(root, "version"),
                Json.flag(root, "applyable"),
                Json.flag(root, "complete"),
                Json.flag(root, "errored"),
                resources(Json.at(root, "changes")),
                resources(Json.at(root, "drift")),
                outputs,
                checks,
                variables,
                new TreeSet<>(strings(Json.at(root, "relevant"))),
                Secrets.of(strings(Json.at(root, "secrets"))));
    }

    private static ObjectNode resource(ResourceChange change) {
        ObjectNode node = change(change.change());
        node.put("address", change.address().text());
        node.put("from", change.previousAddress());
        node.put("provider", change.provider());
        node.put("deposed", change.deposedKey());
        node.put("reason", change.reason().word());
        node.set("replace", paths(change.replacePaths()));
        return node;
    }

    private static List<ResourceChange> resources(JsonNode list) {
        List<ResourceChange> changes = new ArrayList<>();
        for (JsonNode node : list) {
            changes.add(new ResourceChange(
                    ResourceAddress.parse(Json.text(node, "address")),
                    Json.text(node, "from"),
                    Json.text(node, "provider"),
                    Json.text(node, "deposed"),
                    change(node),
                    ActionReason.ofWord(Json.text(node, "reason")).orElseThrow(IllegalArgumentException::new),
                    paths(Json.at(node, "replace"))));
        }
        return changes;
    }

    private static ObjectNode change(Change change) {
        ObjectNode node = NODES.objectNode();
        node.put("action", change.action().name());
        node.set("before", ValueJson.exact(change.before()));
        node.set("after", ValueJson.exact(change.after()));
        node.set("before_sensitive", paths(change.beforeSensitive()));
        node.set("after_sensitive", paths(change.afterSensitive()));
        Change.Importing importing = change.importing();
        if (importing != null) {
            node.putObject("import").put("id", importing.id()).put("unknown", importing.unknown());
        }
        return node.put("config", change.generatedConfig());
    }

    private static Change change(JsonNode node) {
        JsonNode importing = Json.at(node, "import");
        return new Change(
                Action.valueOf(Json.text(node, "action")),
                ValueJson.read(Json.at(node, "before")),
                ValueJson.read(Json.at(node, "after")),
                paths(Json.at(node, "before_sensitive")),
                paths(Json.at(node, "after_sensitive")),
                importing.isObject()
                        ? new Change.Importing(Json.text(importing, "id"), Json.flag(importing, "unknown"))
                        : null,
                Json.text(node, "config"));
    }

    private static ObjectNode check(CheckResult check) {
        ObjectNode node = NODES.objectNode();
        node.put("kind", check.kind().name())
                .put("address", check.address())
                .put("status", check.status().name());
        ArrayNode instances = node.putArray("instances");
        for (CheckResult.Instance instance : check.instances()) {
            ObjectNode one = instances.addObject();
            one.put("address", instance.address())
                    .put("status", instance.status().name());
            instance.problems().forEach(one.putArray("problems")::add);
        }
        return node;
    }

    private static CheckResult check(JsonNode node) {
        List<CheckResult.Instance> instances = new ArrayList<>();
        for (JsonNode one : Json.at(node, "instances")) {
            instances.add(new CheckResult.Instance(
                    Json.text(one, "address"),
                    CheckResult.Status.valueOf(Json.text(one, "status")),
                    strings(Json.at(one, "problems"))));
        }
        return new CheckResult(
                CheckResult.Kind.valueOf(Json.text(node, "kind")),
                Json.text(node, "address"),
                CheckResult.Status.valueOf(Json.text(node, "status")),
                instances);
    }

    /** Names as strings, positions as numbers, every element as null. */
    private static ArrayNode paths(SortedSet<Path> paths) {
        ArrayNode all = NODES.arrayNode();
        for (Path path : paths) {
            ArrayNode steps = all.addArray();
            for (Path.Step step : path.steps()) {
                if (step instanceof Path.Name name) {
                    steps.add(name.value());
                } else if (step instanceof Path.Index index) {
                    steps.add(index.value());
                } else {
                    steps.addNull();
                }
            }
        }
        return all;
    }

    private static SortedSet<Path> paths(JsonNode list) {
        SortedSet<Path> paths = new TreeSet<>();
        for (JsonNode steps : list) {
            Path path = Path.ROOT;
            for (JsonNode step : steps) {
                path = path.plus(
                        step.isString()
                                ? new Path.Name(step.stringValue())
                                : step.isNumber() ? new Path.Index(step.intValue()) : new Path.Each());
            }
            paths.add(path);
        }
        return paths;
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(node -> strings.add(node.asString()));
        return strings;
    }
}
