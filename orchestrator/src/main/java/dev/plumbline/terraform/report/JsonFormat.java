package dev.plumbline.terraform.report;

import dev.plumbline.secret.Masker;
import dev.plumbline.terraform.plan.Change;
import dev.plumbline.terraform.plan.Marks;
import dev.plumbline.terraform.plan.Path;
import dev.plumbline.terraform.plan.ResourceChange;
import dev.plumbline.terraform.plan.Value;
import dev.plumbline.terraform.plan.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A report for programs. What is sensitive is the string {@value Masker#MASK}, what is unknown is null and listed. */
final class JsonFormat {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Masked plan;
    private final Masker masker;

    JsonFormat(Masked plan, Masker masker) {
        this.plan = plan;
        this.masker = masker;
    }

    Rendering render(String stack, Summary summary, Limit limit) {
        ObjectNode root = NODES.objectNode();
        root.put("stack", stack).put("summary_line", summary.line());
        root.set("summary", counts(summary));
        plan.warnings().forEach(root.putArray("warnings")::add);
        plan.drift().forEach(root.putArray("drift")::add);
        ObjectNode outputs = root.putObject("outputs");
        plan.outputs().forEach(output -> outputs.set(masker.mask(output.name()), change(output.change())));
        String head = root.toString();
        // "changes" and "omitted" are put in by hand: the parts must be measured before they are joined
        String start = head.substring(0, head.length() - 1) + ",\"changes\":[";
        List<Fitting.Block> blocks = new ArrayList<>();
        for (ResourceChange change : plan.changes()) {
            blocks.add(new Fitting.Block(separator(blocks) + resource(change), separator(blocks) + brief(change)));
        }
        return closed(start, blocks, limit);
    }

    private static String separator(List<Fitting.Block> before) {
        return before.isEmpty() ? "" : ",";
    }

    private static Rendering closed(String start, List<Fitting.Block> blocks, Limit limit) {
        String longestEnd = end(blocks.size(), limit);
        if (start.length() + (long) longestEnd.length() > limit.characters()) {
            String least = "{\"omitted\":" + (blocks.size() + 1) + "}";
            return new Rendering(least.length() <= limit.characters() ? least : "0", blocks.size() + 1);
        }
        Limit inner = new Limit(limit.characters() - longestEnd.length(), limit.where());
        Rendering fitted = Fitting.fit(start, blocks, inner, omitted -> "");
        String text = fitted.text().replace(",\"changes\":[,", ",\"changes\":[");
        return new Rendering(text + end(fitted.omitted(), limit), fitted.omitted());
    }

    private static String end(int omitted, Limit limit) {
        String where = omitted == 0 ? "" : ",\"all\":" + NODES.stringNode(limit.where());
        return "],\"omitted\":" + omitted + where + "}";
    }

    private static ObjectNode counts(Summary summary) {
        return NODES.objectNode()
                .put("add", summary.add())
                .put("change", summary.change())
                .put("destroy", summary.destroy())
                .put("replace", summary.replace())
                .put("import", summary.imported())
                .put("move", summary.moved())
                .put("forget", summary.forgotten())
                .put("outputs", summary.outputs());
    }

    private ObjectNode brief(ResourceChange change) {
        ObjectNode node = NODES.objectNode();
        node.put("address", plan.line(change.address().text()));
        actions(node, change.change());
        return node.put("omitted", true);
    }

    private ObjectNode resource(ResourceChange change) {
        ObjectNode node = NODES.objectNode();
        node.put("address", plan.line(change.address().text()));
        if (change.moved()) {
            node.put("previous_address", plan.line(change.previousAddress()));
        }
        if (!change.deposedKey().isEmpty()) {
            node.put("deposed", change.deposedKey());
        }
        node.put("type", change.address().type()).put("name", change.address().name());
        node.put("module", plan.line(change.address().module())).put("provider", change.provider());
        node.put("reason", change.reason().word());
        Change.Importing importing = change.change().importing();
        if (importing != null) {
            node.put("import_id", plan.line(importing.id()));
        }
        paths(node.putArray("replace_paths"), change.replacePaths());
        node.setAll(change(change.change()));
        return node;
    }

    private ObjectNode change(Change change) {
        ObjectNode node = NODES.objectNode();
        actions(node, change);
        Marks marks = Marks.of(change.sensitive());
        node.set("before", ValueJson.node(hidden(change.before(), marks)));
        node.set("after", ValueJson.node(hidden(change.after(), marks)));
        paths(node.putArray("unknown"), change.unknown());
        paths(node.putArray("sensitive"), change.sensitive());
        return node;
    }

    private static void actions(ObjectNode node, Change change) {
        change.action().words().forEach(node.putArray("actions")::add);
    }

    private void paths(ArrayNode array, Iterable<Path> paths) {
        paths.forEach(path -> array.add(plan.line(path.toString())));
    }

    private Value hidden(Value value, Marks marks) {
        if (marks.whole()) {
            return value.isNull() ? value : new Value.Text(Masker.MASK);
        }
        if (value instanceof Value.Text text) {
            return new Value.Text(plan.text(text.value()));
        } else if (value instanceof Value.Num number) {
            return masker.finds(number.text()) ? new Value.Text(Masker.MASK) : number;
        } else if (value instanceof Value.Fields fields) {
            TreeMap<String, Value> all = new TreeMap<>();
            fields.values()
                    .forEach((key, field) -> all.put(plan.text(key), hidden(field, marks.at(new Path.Name(key)))));
            return new Value.Fields(all);
        } else if (value instanceof Value.Items items) {
            List<Value> all = new ArrayList<>();
            for (int i = 0; i < items.values().size(); i++) {
                all.add(hidden(items.values().get(i), marks.at(new Path.Index(i))));
            }
            return new Value.Items(all);
        }
        return value;
    }
}
