package dev.plumbline.terraform.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the lines of {@code terraform … -json}. Never fails: what it can't read is text. */
public final class EventParser {
    private final JsonMapper json = new JsonMapper();

    public TerraformEvent parse(String line) {
        if (!line.startsWith("{")) {
            return new TerraformEvent.Text(line);
        }
        try {
            JsonNode event = json.readTree(line);
            return event.isObject() && event.has("type") ? typed(event) : new TerraformEvent.Text(line);
        } catch (JacksonException notJson) {
            return new TerraformEvent.Text(line);
        }
    }

    private static TerraformEvent typed(JsonNode event) {
        String type = text(event, "type");
        String message = text(event, "@message");
        JsonNode change = event.path("change");
        return switch (type) {
            case "version" ->
                new TerraformEvent.Version(
                        event.has("terraform") ? text(event, "terraform") : text(event, "tofu"),
                        text(event, "ui"),
                        message);
            case "planned_change" ->
                new TerraformEvent.PlannedChange(
                        address(change), text(change, "action"), text(change, "reason"), message);
            case "resource_drift" -> new TerraformEvent.ResourceDrift(address(change), text(change, "action"), message);
            case "change_summary" -> summary(event.path("changes"), message);
            case "outputs" ->
                new TerraformEvent.Outputs(List.copyOf(event.path("outputs").propertyNames()), message);
            case "diagnostic" -> new TerraformEvent.Problem(diagnostic(event.path("diagnostic")), message);
            case "log" -> new TerraformEvent.Log(text(event, "@level"), message);
            default ->
                step(type)
                        .map(step -> resourceStep(step, event.path("hook"), message))
                        .orElse(new TerraformEvent.Other(type, message));
        };
    }

    private static Optional<TerraformEvent.Step> step(String type) {
        return Arrays.stream(TerraformEvent.Step.values())
                .filter(step -> step.name().toLowerCase(Locale.ROOT).equals(type))
                .findFirst();
    }

    private static TerraformEvent resourceStep(TerraformEvent.Step step, JsonNode hook, String message) {
        String output = text(hook, "output");
        return new TerraformEvent.ResourceStep(
                step,
                address(hook),
                text(hook, "action"),
                hook.path("elapsed_seconds").asInt(0),
                output.isEmpty() || message.contains(output) ? message : message + " " + output);
    }

    private static TerraformEvent summary(JsonNode changes, String message) {
        return new TerraformEvent.ChangeSummary(
                text(changes, "operation"),
                changes.path("add").asInt(0),
                changes.path("change").asInt(0),
                changes.path("remove").asInt(0),
                changes.path("import").asInt(0),
                message);
    }

    private static Diagnostic diagnostic(JsonNode node) {
        JsonNode range = node.path("range");
        JsonNode start = range.path("start");
        JsonNode snippet = node.path("snippet");
        return new Diagnostic(
                text(node, "severity").equals("warning") ? Diagnostic.Severity.WARNING : Diagnostic.Severity.ERROR,
                text(node, "summary"),
                text(node, "detail"),
                text(node, "address"),
                range.isObject()
                        ? Optional.of(new Diagnostic.Range(
                                text(range, "filename"),
                                start.path("line").asInt(0),
                                start.path("column").asInt(0)))
                        : Optional.empty(),
                snippet.isObject()
                        ? Optional.of(new Diagnostic.Snippet(
                                text(snippet, "context"),
                                text(snippet, "code"),
                                snippet.path("start_line").asInt(0)))
                        : Optional.empty());
    }

    private static String address(JsonNode node) {
        return text(node.path("resource"), "addr");
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
