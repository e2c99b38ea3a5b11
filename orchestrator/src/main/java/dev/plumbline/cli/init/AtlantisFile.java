package dev.plumbline.cli.init;

import dev.plumbline.cli.CliException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What an {@code atlantis.yaml} (version 3, as runatlantis.io documents it) says of its projects. Keys that are not read here
 * are left to the person who moves.
 *
 * @param workflows workflow's name → what its plan steps say
 */
record AtlantisFile(List<Project> projects, Map<String, Workflow> workflows) {
    static final String NAME = "atlantis.yaml";
    private static final Pattern VAR_FILE = Pattern.compile("-{1,2}var-file[= ](\\S+)");

    /**
     * @param dir as a path of the tree: the empty string for the root
     * @param terraform as stack.yaml would have it, for example {@code tofu:1.10.0}
     * @param dependsOn names of other projects
     * @param whenModified globs relative to {@code dir}
     * @param requirements of apply
     * @param order its execution_order_group; 0 is the first
     */
    record Project(
            Optional<String> name,
            String dir,
            String workspace,
            Optional<String> terraform,
            List<String> dependsOn,
            boolean autoplan,
            List<String> whenModified,
            List<String> requirements,
            Optional<String> workflow,
            int order) {}

    /**
     * @param varFiles that its steps hand to Terraform
     * @param steps other steps than init, plan, show and apply
     */
    record Workflow(List<String> varFiles, List<String> steps) {}

    static AtlantisFile read(byte[] content) {
        try {
            JsonNode root = new YAMLMapper().readTree(content);
            List<Project> projects = new ArrayList<>();
            root.path("projects").forEach(project -> projects.add(project(project)));
            Map<String, Workflow> workflows = new LinkedHashMap<>();
            root.path("workflows").forEachEntry((name, workflow) -> workflows.put(name, workflow(workflow)));
            return new AtlantisFile(projects, workflows);
        } catch (JacksonException e) {
            throw new CliException(
                    1,
                    NAME + " is no YAML that can be read: " + e.getOriginalMessage(),
                    "Correct it, or move it away, and run init again.",
                    e);
        }
    }

    private static Project project(JsonNode node) {
        JsonNode autoplan = node.path("autoplan");
        List<String> requirements = texts(node.path("apply_requirements"));
        return new Project(
                text(node, "name"),
                normal(text(node, "dir").orElse(".")),
                text(node, "workspace").orElse("default"),
                text(node, "terraform_version").map(version -> terraform(version, node)),
                texts(node.path("depends_on")),
                autoplan.path("enabled").asBoolean(true),
                texts(autoplan.path("when_modified")),
                requirements,
                text(node, "workflow"),
                node.path("execution_order_group").asInt(0));
    }

    private static String terraform(String version, JsonNode node) {
        String number = version.replaceFirst("^v", "");
        return text(node, "terraform_distribution").filter("opentofu"::equals).isPresent() ? "tofu:" + number : number;
    }

    private static Workflow workflow(JsonNode node) {
        List<String> varFiles = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (String phase : List.of("plan", "apply")) {
            for (JsonNode step : node.path(phase).path("steps")) {
                if (step.isString()) {
                    continue;
                }
                step.forEachEntry((kind, value) -> {
                    varFiles(String.join(" ", texts(value.path("extra_args"))), varFiles);
                    if (!List.of("init", "plan", "apply", "show").contains(kind)) {
                        steps.add(phase + ": " + kind);
                    }
                });
            }
        }
        return new Workflow(List.copyOf(varFiles), List.copyOf(steps));
    }

    private static void varFiles(String arguments, List<String> found) {
        Matcher match = VAR_FILE.matcher(arguments);
        while (match.find()) {
            if (!found.contains(match.group(1))) {
                found.add(match.group(1));
            }
        }
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.of(node.path(key).asString("")).filter(value -> !value.isBlank());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asString("")));
        return List.copyOf(texts);
    }

    private static String normal(String dir) {
        String path = dir.strip().replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
        return path.equals(".") ? "" : path;
    }
}
