package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Secrets;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** Turns the {@code tfplan} part of a plan file (planfile.proto, format 3) into a {@link Plan}. Field numbers are the proto's. */
final class PlanFile {
    private static final int FORMAT = 3;
    private static final int REFRESH_ONLY = 2;

    private final JsonMapper json;

    PlanFile(JsonMapper json) {
        this.json = json;
    }

    /** @throws PlanFormatException where it is not a plan of that format */
    Plan read(byte[] tfplan, Secrets stateSecrets) {
        ProtoMessage root = ProtoMessage.Slice.of(tfplan).message();
        if (root.number(1) != FORMAT) {
            throw new PlanFormatException("its format is " + root.number(1) + ", not " + FORMAT);
        }
        TreeMap<String, Value> variables = new TreeMap<>();
        for (ProtoMessage.Slice entry : root.all(2)) {
            ProtoMessage variable = entry.message();
            variables.put(variable.text(1), dynamic(variable.message(2)));
        }
        TreeSet<String> relevant = new TreeSet<>();
        for (ProtoMessage.Slice attribute : root.all(15)) {
            ProtoMessage part = attribute.message();
            relevant.add(relevantAttribute(part.text(1), path(part.message(2))));
        }
        List<OutputChange> outputs = new ArrayList<>();
        for (ProtoMessage.Slice output : root.all(4)) {
            outputs.add(output(output.message()));
        }
        boolean refreshOnly = root.number(17) == REFRESH_ONLY;
        return new Plan(
                root.text(14),
                root.flag(25),
                root.flag(26),
                root.flag(20),
                resources(root.all(3), true),
                resources(root.all(18), refreshOnly),
                outputs,
                root.all(19).stream().map(slice -> check(slice.message())).toList(),
                variables,
                relevant,
                stateSecrets);
    }

    /** The Terraform version that the plan file names. */
    static String version(byte[] tfplan) {
        return ProtoMessage.Slice.of(tfplan).message().text(14);
    }

    static String relevantAttribute(String resource, Path path) {
        return path.steps().isEmpty() ? resource : resource + (path.toString().startsWith("[") ? "" : ".") + path;
    }

    /** As {@code show -json} does, without the clearing away of data sources and, of drift, without mere moves. */
    private List<ResourceChange> resources(List<ProtoMessage.Slice> slices, boolean withNoOps) {
        List<ResourceChange> changes = new ArrayList<>(slices.size());
        for (ProtoMessage.Slice slice : slices) {
            ResourceChange change = resource(slice.message());
            boolean clearedAway =
                    change.address().mode() == ResourceAddress.Mode.DATA && change.action() == Action.DELETE;
            if (!clearedAway && (withNoOps || change.action() != Action.NO_OP)) {
                changes.add(change);
            }
        }
        return changes;
    }

    private ResourceChange resource(ProtoMessage message) {
        TreeSet<Path> replace = new TreeSet<>();
        message.all(11).forEach(slice -> replace.add(path(slice.message())));
        String address = message.text(13);
        String previous = message.text(14);
        try {
            return new ResourceChange(
                    ResourceAddress.parse(address),
                    previous.equals(address) ? "" : previous,
                    providerSource(message.text(8)),
                    message.text(7),
                    change(message.message(9), false),
                    ActionReason.ofNumber(message.number(12))
                            .orElseThrow(() -> new PlanFormatException("an action reason that is not known")),
                    replace);
        } catch (IllegalArgumentException e) {
            throw new PlanFormatException(String.valueOf(e.getMessage()));
        }
    }

    /** {@code module.a.provider["registry.terraform.io/hashicorp/aws"].alias}: what stands in the quotes. */
    static String providerSource(String provider) {
        int open = provider.indexOf("provider[\"");
        int start = open + "provider[\"".length();
        int end = open < 0 ? -1 : provider.indexOf('"', start);
        return end < 0 ? provider : provider.substring(start, end);
    }

    private OutputChange output(ProtoMessage message) {
        return new OutputChange(message.text(1), change(message.message(2), message.flag(3)));
    }

    private Change change(ProtoMessage message, boolean sensitive) {
        Action action = Action.ofNumber(message.number(1))
                .orElseThrow(() -> new PlanFormatException("an action that is not known"));
        List<Value> values = new ArrayList<>();
        message.all(2).forEach(slice -> values.add(dynamic(slice.message())));
        TreeSet<Path> before = paths(message.all(3));
        TreeSet<Path> after = paths(message.all(4));
        if (sensitive) {
            before.add(Path.ROOT);
            after.add(Path.ROOT);
        }
        Change.Importing importing = null;
        if (message.has(5)) {
            ProtoMessage part = message.message(5);
            importing = new Change.Importing(part.text(1), part.flag(2));
        }
        return new Change(
                action, beforeOf(action, values), afterOf(action, values), before, after, importing, message.text(6));
    }

    /** Values are stored once for no-op, create, delete and forget, twice otherwise. */
    private static Value beforeOf(Action action, List<Value> values) {
        return action == Action.CREATE || values.isEmpty() ? Value.NULL : values.get(0);
    }

    private static Value afterOf(Action action, List<Value> values) {
        return switch (action) {
            case DELETE, FORGET -> Value.NULL;
            case CREATE, NO_OP -> values.isEmpty() ? Value.NULL : values.get(0);
            default -> values.size() < 2 ? Value.NULL : values.get(1);
        };
    }

    private Value dynamic(ProtoMessage message) {
        List<ProtoMessage.Slice> packed = message.all(1);
        return packed.isEmpty() ? Value.NULL : MsgPack.read(json, packed.get(0));
    }

    private TreeSet<Path> paths(List<ProtoMessage.Slice> slices) {
        TreeSet<Path> paths = new TreeSet<>();
        slices.forEach(slice -> paths.add(path(slice.message())));
        return paths;
    }

    /** A step into a set names an element by its value; the path then ends at the set, which covers it. */
    private Path path(ProtoMessage message) {
        List<Path.Step> steps = new ArrayList<>();
        for (ProtoMessage.Slice slice : message.all(1)) {
            ProtoMessage step = slice.message();
            if (step.has(1)) {
                steps.add(new Path.Name(step.text(1)));
                continue;
            }
            Value key = dynamic(step.message(2));
            if (key instanceof Value.Text text) {
                steps.add(new Path.Name(text.value()));
            } else if (key instanceof Value.Num number && isIndex(number)) {
                steps.add(new Path.Index(number.value().intValue()));
            } else {
                return new Path(steps);
            }
        }
        return new Path(steps);
    }

    private static boolean isIndex(Value.Num number) {
        return number.value().signum() >= 0 && number.value().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    }

    private static CheckResult check(ProtoMessage message) {
        List<CheckResult.Instance> instances = new ArrayList<>();
        for (ProtoMessage.Slice slice : message.all(4)) {
            ProtoMessage object = slice.message();
            instances.add(new CheckResult.Instance(
                    object.text(1),
                    status(object.number(2)),
                    object.all(3).stream().map(ProtoMessage.Slice::text).toList()));
        }
        return new CheckResult(kind(message.number(1)), message.text(2), status(message.number(3)), instances);
    }

    private static CheckResult.Status status(long number) {
        CheckResult.Status[] all = CheckResult.Status.values();
        if (number < 0 || number >= all.length) {
            throw new PlanFormatException("a check's status that is not known");
        }
        return all[(int) number];
    }

    private static CheckResult.Kind kind(long number) {
        CheckResult.Kind[] all = CheckResult.Kind.values();
        if (number < 1 || number > all.length) {
            throw new PlanFormatException("a check of a kind that is not known");
        }
        return all[(int) number - 1];
    }
}
