package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Turns the output of {@code terraform show -json PLANFILE} (format 1.x) into a {@link Plan}. */
final class ShowJson {
    private ShowJson() {}

    /** @throws PlanFormatException where it is not a plan of that format */
    static Plan read(JsonNode root) {
        String format = Json.text(root, "format_version");
        if (!format.startsWith("1.") || !root.has("errored") && !root.has("terraform_version")) {
            throw new PlanFormatException("its format is '" + format + "', not 1.x");
        }
        TreeMap<String, Value> variables = new TreeMap<>();
        Json.at(root, "variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), Json.value(Json.at(entry.getValue(), "value"))));
        TreeSet<String> relevant = new TreeSet<>();
        Json.at(root, "relevant_attributes")
                .forEach(part -> relevant.add(
                        PlanFile.relevantAttribute(Json.text(part, "resource"), path(Json.at(part, "attribute")))));
        List<OutputChange> outputs = new ArrayList<>();
        Json.at(root, "output_changes")
                .properties()
                .forEach(entry -> outputs.add(new OutputChange(entry.getKey(), change(entry.getValue()))));
        return new Plan(
                Json.text(root, "terraform_version"),
                Json.flag(root, "applyable"),
                Json.flag(root, "complete"),
                Json.flag(root, "errored"),
                resources(Json.at(root, "resource_changes")),
                resources(Json.at(root, "resource_drift")),
                outputs,
                checks(Json.at(root, "checks")),
                variables,
                relevant,
                secrets(root, variables));
    }

    private static List<ResourceChange> resources(JsonNode list) {
        List<ResourceChange> changes = new ArrayList<>();
        list.forEach(node -> changes.add(resource(node)));
        return changes;
    }

    private static ResourceChange resource(JsonNode node) {
        JsonNode change = Json.at(node, "change");
        TreeSet<Path> replace = new TreeSet<>();
        Json.at(change, "replace_paths").forEach(path -> replace.add(path(path)));
        try {
            return new ResourceChange(
                    ResourceAddress.parse(Json.text(node, "address")),
                    Json.text(node, "previous_address"),
                    Json.text(node, "provider_name"),
                    Json.text(node, "deposed"),
                    change(change),
                    ActionReason.ofWord(Json.text(node, "action_reason"))
                            .orElseThrow(() -> new PlanFormatException("an action reason that is not known")),
                    replace);
        } catch (IllegalArgumentException e) {
            throw new PlanFormatException(String.valueOf(e.getMessage()));
        }
    }

    private static Change change(JsonNode node) {
        List<String> words = new ArrayList<>();
        Json.at(node, "actions").forEach(word -> words.add(word.asString()));
        Action action = Action.ofWords(words).orElseThrow(() -> new PlanFormatException("an action that is not known"));
        JsonNode importing = Json.at(node, "importing");
        return new Change(
                action,
                Json.value(Json.at(node, "before")),
                merged(Json.value(Json.at(node, "after")), Json.at(node, "after_unknown")),
                marked(Json.at(node, "before_sensitive")),
                marked(Json.at(node, "after_sensitive")),
                importing.isObject()
                        ? new Change.Importing(Json.text(importing, "id"), Json.flag(importing, "unknown"))
                        : null,
                Json.text(node, "generated_config"));
    }

    /** Puts the unknowns back to where {@code show} left them out of an object, or wrote null for them in a list. */
    private static Value merged(Value after, JsonNode unknown) {
        if (unknown.isBoolean()) {
            return unknown.booleanValue() ? Value.UNKNOWN : after;
        }
        if (unknown.isObject() && after instanceof Value.Fields fields) {
            TreeMap<String, Value> all = new TreeMap<>(fields.values());
            unknown.properties().forEach(entry -> {
                Value known = all.get(entry.getKey());
                Value whole = merged(known == null ? Value.NULL : known, entry.getValue());
                if (known != null || !whole.isNull()) {
                    all.put(entry.getKey(), whole);
                }
            });
            return new Value.Fields(all);
        }
        if (unknown.isArray() && after instanceof Value.Items items) {
            List<Value> all = new ArrayList<>(items.values());
            for (int i = 0; i < Math.min(unknown.size(), all.size()); i++) {
                all.set(i, merged(all.get(i), unknown.get(i)));
            }
            return new Value.Items(all);
        }
        return after;
    }

    /** The paths at which the tree says {@code true}. */
    private static TreeSet<Path> marked(JsonNode tree) {
        TreeSet<Path> paths = new TreeSet<>();
        collectMarked(tree, Path.ROOT, paths);
        return paths;
    }

    private static void collectMarked(JsonNode tree, Path at, TreeSet<Path> paths) {
        if (tree.isBoolean() && tree.booleanValue()) {
            paths.add(at);
        } else if (tree.isObject()) {
            tree.properties()
                    .forEach(entry -> collectMarked(entry.getValue(), at.plus(new Path.Name(entry.getKey())), paths));
        } else if (tree.isArray()) {
            for (int i = 0; i < tree.size(); i++) {
                collectMarked(tree.get(i), at.plus(new Path.Index(i)), paths);
            }
        }
    }

    /** An array of names and positions; what is neither names an element of a set, and the path ends at the set. */
    private static Path path(JsonNode array) {
        List<Path.Step> steps = new ArrayList<>();
        for (JsonNode step : array) {
            if (step.isString()) {
                steps.add(new Path.Name(step.stringValue()));
            } else if (step.isIntegralNumber() && step.canConvertToInt()) {
                steps.add(new Path.Index(step.intValue()));
            } else {
                break;
            }
        }
        return new Path(steps);
    }

    private static List<CheckResult> checks(JsonNode list) {
        List<CheckResult> checks = new ArrayList<>();
        for (JsonNode node : list) {
            List<CheckResult.Instance> instances = new ArrayList<>();
            for (JsonNode instance : Json.at(node, "instances")) {
                List<String> problems = new ArrayList<>();
                Json.at(instance, "problems").forEach(problem -> problems.add(Json.text(problem, "message")));
                instances.add(new CheckResult.Instance(
                        Json.text(Json.at(instance, "address"), "to_display"), status(instance), problems));
            }
            JsonNode address = Json.at(node, "address");
            checks.add(new CheckResult(
                    kind(Json.text(address, "kind")), Json.text(address, "to_display"), status(node), instances));
        }
        return checks;
    }

    private static CheckResult.Status status(JsonNode node) {
        try {
            return CheckResult.Status.valueOf(Json.text(node, "status").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new PlanFormatException("a check's status that is not known");
        }
    }

    private static CheckResult.Kind kind(String word) {
        return switch (word) {
            case "resource" -> CheckResult.Kind.RESOURCE;
            case "output_value" -> CheckResult.Kind.OUTPUT_VALUE;
            case "check" -> CheckResult.Kind.CHECK;
            case "var" -> CheckResult.Kind.INPUT_VARIABLE;
            default -> throw new PlanFormatException("a check of a kind that is not known");
        };
    }

    /** What the prior state marks, and the variables that the configuration declares as sensitive. */
    private static Secrets secrets(JsonNode root, TreeMap<String, Value> variables) {
        Secrets.Builder found = Secrets.builder();
        Json.at(Json.at(Json.at(root, "configuration"), "root_module"), "variables")
                .properties()
                .forEach(entry -> {
                    Value value = variables.get(entry.getKey());
                    if (value != null && Json.flag(entry.getValue(), "sensitive")) {
                        value.eachText(found::add);
                    }
                });
        JsonNode prior = Json.at(Json.at(root, "prior_state"), "values");
        for (JsonNode output : Json.at(prior, "outputs")) {
            if (Json.flag(output, "sensitive")) {
                Json.value(Json.at(output, "value")).eachText(found::add);
            }
        }
        collectModule(Json.at(prior, "root_module"), found);
        return found.build();
    }

    private static void collectModule(JsonNode module, Secrets.Builder found) {
        for (JsonNode resource : Json.at(module, "resources")) {
            Marks.of(marked(Json.at(resource, "sensitive_values")))
                    .eachMarkedText(Json.value(Json.at(resource, "values")), found::add);
        }
        Json.at(module, "child_modules").forEach(child -> collectModule(child, found));
    }
}
