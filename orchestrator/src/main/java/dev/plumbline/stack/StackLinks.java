package dev.plumbline.stack;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.Nearest;
import dev.plumbline.config.StackConfig;
import dev.plumbline.hcl.Output;
import dev.plumbline.hcl.RemoteState;
import dev.plumbline.hcl.Variable;
import dev.plumbline.stack.Stack.Input;
import dev.plumbline.stack.StackProblem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves the names that stacks have for each other, and finds those that can't hold. */
final class StackLinks {
    private final SortedMap<StackId, ConfiguredStack> configured;
    private @Nullable StackNames names;
    private final Map<StateLocation, StackId> byState = new HashMap<>();
    private final List<StackProblem> problems = new ArrayList<>();

    StackLinks(SortedMap<StackId, ConfiguredStack> configured) {
        this.configured = configured;
        List<Stack> stacks =
                configured.values().stream().map(ConfiguredStack::stack).collect(Collectors.toList());
        for (Stack stack : stacks) {
            stack.code()
                    .backend()
                    .flatMap(StateLocation::of)
                    .map(at -> at.in(stack.config().workspace()))
                    .ifPresent(at -> byState.putIfAbsent(at, stack.id()));
        }
    }

    List<StackProblem> problems() {
        return problems;
    }

    SortedMap<StackId, Stack> linked() {
        SortedMap<StackId, Stack> stacks = new TreeMap<>();
        configured.forEach((id, each) -> stacks.put(id, link(each)));
        sameNames();
        cycles(stacks);
        return stacks;
    }

    private Stack link(ConfiguredStack each) {
        Stack stack = each.stack();
        SortedSet<StackId> dependsOn = new TreeSet<>();
        SortedMap<String, Input> inputs = new TreeMap<>();
        List<String> named = stack.config().dependsOn();
        for (int i = 0; i < named.size(); i++) {
            resolve(each, "depends_on[" + i + "]", named.get(i)).ifPresent(dependsOn::add);
        }
        stack.config()
                .inputs()
                .forEach((variable, from) ->
                        input(each, "inputs." + variable, from).ifPresent(input -> inputs.put(variable, input)));
        inputs.values().forEach(input -> dependsOn.add(input.stack()));
        for (RemoteState read : stack.code().remoteStates()) {
            Optional<StackId> upstream = read.backendKind()
                    .flatMap(kind -> StateLocation.of(kind, read.config()))
                    .map(at -> at.in(read.workspace()))
                    .map(byState::get);
            upstream.filter(other -> !other.equals(stack.id())).ifPresent(dependsOn::add);
        }
        declared(each, "inputs", stack.config().inputs().keySet());
        declared(each, "variables", stack.config().variables().keySet());
        movedFrom(each);
        return new Stack(
                stack.id(),
                stack.config(),
                stack.code(),
                stack.closure(),
                dependsOn,
                inputs,
                stack.init(),
                stack.modules(),
                stack.missingFiles(),
                stack.readFiles());
    }

    private Optional<Input> input(ConfiguredStack each, String place, String from) {
        int dot = from.lastIndexOf('.');
        if (dot <= 0 || dot == from.length() - 1) {
            error(each, place, "expected stack.output, such as network.vpc_id, not '" + from + "'");
            return Optional.empty();
        }
        Optional<StackId> upstream = resolve(each, place, from.substring(0, dot));
        String output = from.substring(dot + 1);
        if (upstream.isEmpty()) {
            return Optional.empty();
        }
        Set<String> outputs = outputs(upstream.get());
        if (!outputs.contains(output)) {
            error(
                    each,
                    place,
                    "the stack " + upstream.get() + " has no output '" + output + "'" + Nearest.hint(output, outputs));
            return Optional.empty();
        }
        return Optional.of(new Input(upstream.get(), output));
    }

    private Set<String> outputs(StackId id) {
        ConfiguredStack other = configured.get(id);
        Collection<Output> outputs =
                other == null ? List.of() : other.stack().code().outputs();
        return outputs.stream().map(Output::name).collect(Collectors.toSet());
    }

    private Optional<StackId> resolve(ConfiguredStack each, String place, String typed) {
        StackNames.Resolution resolution = names().resolve(typed);
        if (resolution instanceof StackNames.Found) {
            return Optional.of(((StackNames.Found) resolution).id());
        }
        String message = resolution instanceof StackNames.Ambiguous
                ? ((StackNames.Ambiguous) resolution).message()
                : ((StackNames.Unknown) resolution).message();
        int colon = typed.indexOf(':');
        if (colon > 0 && !typed.substring(0, colon).equals(each.stack().id().repository())) {
            message = "'" + typed + "' is in another repository; stacks of one repository can't need another's yet";
        }
        error(each, place, message);
        return Optional.empty();
    }

    private void declared(ConfiguredStack each, String key, Set<String> given) {
        Set<String> known =
                each.stack().code().variables().stream().map(Variable::name).collect(Collectors.toSet());
        for (String variable : given) {
            if (!known.contains(variable)) {
                error(
                        each,
                        key + "." + variable,
                        "the code declares no variable '" + variable + "'" + Nearest.hint(variable, known));
            }
        }
    }

    private void movedFrom(ConfiguredStack each) {
        Optional<StackId> from = each.stack()
                .config()
                .movedFrom()
                .map(folder -> new StackId(each.stack().id().repository(), folder.replaceFirst("/+$", "")));
        from.filter(configured::containsKey)
                .ifPresent(old -> error(
                        each,
                        "moved_from",
                        old.equals(each.stack().id())
                                ? "moved_from names the stack itself"
                                : "moved_from names " + old + ", which is still a stack here"));
    }

    private void sameNames() {
        SortedMap<String, SortedSet<StackId>> byName = new TreeMap<>();
        configured.forEach((id, each) -> each.stack()
                .config()
                .name()
                .ifPresent(name ->
                        byName.computeIfAbsent(name, unused -> new TreeSet<>()).add(id)));
        byName.forEach((name, ids) -> ids.forEach(id -> {
            if (ids.size() > 1) {
                SortedSet<StackId> others = new TreeSet<>(ids);
                others.remove(id);
                error(at(id), "name", "the name '" + name + "' is also that of " + joined(others, ", "));
            }
        }));
    }

    /** Made when first asked for: a repository whose stacks don't name each other needs none. */
    private StackNames names() {
        StackNames known = names;
        if (known == null) {
            known = StackNames.of(
                    configured.values().stream().map(ConfiguredStack::stack).collect(Collectors.toList()));
            names = known;
        }
        return known;
    }

    private void cycles(SortedMap<StackId, Stack> stacks) {
        if (stacks.values().stream().allMatch(stack -> stack.dependsOn().isEmpty())) {
            return;
        }
        SortedMap<StackId, SortedSet<StackId>> needs = new TreeMap<>();
        stacks.forEach((id, stack) -> needs.put(id, stack.dependsOn()));
        for (List<StackId> cycle : new StackGraph(needs).cycles()) {
            for (int i = 0; i < cycle.size(); i++) {
                StackId next = cycle.get((i + 1) % cycle.size());
                String chain = joined(cycle, " -> ") + " -> " + cycle.get(0);
                error(at(cycle.get(i)), place(at(cycle.get(i)), next), "stacks need each other: " + chain);
            }
        }
    }

    /** Where a stack says that it needs another one. */
    private String place(ConfiguredStack each, StackId needed) {
        List<String> named = each.stack().config().dependsOn();
        for (int i = 0; i < named.size(); i++) {
            if (means(named.get(i), needed)) {
                return "depends_on[" + i + "]";
            }
        }
        return each.stack().config().inputs().entrySet().stream()
                .filter(input -> input.getValue().lastIndexOf('.') > 0)
                .filter(input ->
                        means(input.getValue().substring(0, input.getValue().lastIndexOf('.')), needed))
                .map(input -> "inputs." + input.getKey())
                .findFirst()
                .orElse("");
    }

    private boolean means(String typed, StackId id) {
        return names().resolve(typed).equals(new StackNames.Found(id));
    }

    private ConfiguredStack at(StackId id) {
        ConfiguredStack each = configured.get(id);
        if (each == null) {
            throw new IllegalStateException("no stack " + id.qualified() + " in this tree");
        }
        return each;
    }

    private static String joined(Collection<StackId> ids, String separator) {
        return ids.stream().map(StackId::toString).collect(Collectors.joining(separator));
    }

    private void error(ConfiguredStack each, String place, String message) {
        ConfigFile<StackConfig> file = each.file();
        ConfigProblem at = file.problemAt(place, message);
        problems.add(new StackProblem(Optional.of(each.stack().id()), Severity.ERROR, at));
    }
}
