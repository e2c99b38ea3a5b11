package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Block;
import dev.plumbline.hcl.syntax.Body;
import dev.plumbline.hcl.syntax.Expression;
import dev.plumbline.hcl.syntax.Expression.Bool;
import dev.plumbline.hcl.syntax.Expression.Raw;
import dev.plumbline.hcl.syntax.Expression.Traversal;
import dev.plumbline.hcl.syntax.HclFile;
import dev.plumbline.hcl.syntax.Position;
import dev.plumbline.hcl.syntax.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes in file after file, the overriding ones last, and tells what all of them say together. */
final class CodeCollector {
    private static final Comparator<Position> BY_PLACE =
            Comparator.comparing(Position::file).thenComparing(Position::line).thenComparing(Position::column);

    private final Map<String, ModuleCall> moduleCalls = new LinkedHashMap<>();
    private final Map<String, RemoteState> remoteStates = new LinkedHashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, Output> outputs = new LinkedHashMap<>();
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final List<Moved> moved = new ArrayList<>();
    private final List<ReadPath> readPaths = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final TerraformBlocks terraform = new TerraformBlocks();
    private final ProviderNeeds providers = new ProviderNeeds();
    private int importBlocks;

    void collect(HclFile file, boolean override) {
        problems.addAll(file.problems());
        readPaths.addAll(ReadPaths.in(file.body()));
        terraform.beginFile();
        for (Block block : file.body().blocks()) {
            if (hasItsLabels(block)) {
                collect(block, override);
            }
        }
    }

    TerraformCode code() {
        readPaths.sort(Comparator.comparing(ReadPath::position, BY_PLACE));
        return new TerraformCode(
                List.copyOf(moduleCalls.values()),
                terraform.backend(),
                providers.all(),
                terraform.requiredVersions(),
                List.copyOf(remoteStates.values()),
                List.copyOf(variables.values()),
                List.copyOf(outputs.values()),
                List.copyOf(resources.values()),
                List.copyOf(moved),
                importBlocks,
                List.copyOf(readPaths),
                List.copyOf(problems));
    }

    private boolean hasItsLabels(Block block) {
        int wanted = switch (block.type()) {
            case "resource", "data", "ephemeral", "action" -> 2;
            case "module", "variable", "output", "provider", "check" -> 1;
            default -> 0;
        };
        if (block.labels().size() >= wanted) {
            return true;
        }
        String sentence = "a " + block.type() + " block needs " + wanted + " labels, not "
                + block.labels().size();
        problems.add(new Problem(Problem.Kind.SYNTAX, block.position(), sentence));
        return false;
    }

    private void collect(Block block, boolean override) {
        switch (block.type()) {
            case "terraform" -> {
                terraform.collect(block, override);
                block.body().blocks("required_providers").forEach(providers::declare);
            }
            case "module" -> moduleCalls.merge(block.labels().get(0), moduleCall(block), CodeCollector::overridden);
            case "variable" -> variable(block);
            case "output" -> output(block);
            case "provider" -> providers.configure(block);
            case "resource" -> resource(Resource.Mode.MANAGED, block);
            case "data" -> data(block);
            case "ephemeral" -> resource(Resource.Mode.EPHEMERAL, block);
            case "action" -> providers.imply(block);
            case "check" ->
                block.body().blocks("data").filter(this::hasItsLabels).forEach(this::data);
            case "moved" ->
                moved.add(new Moved(address(block.body(), "from"), address(block.body(), "to"), block.position()));
            case "import" -> importBlocks++;
            default -> {}
        }
    }

    private static ModuleCall moduleCall(Block block) {
        Body body = block.body();
        Optional<String> source = body.text("source");
        String written = source.or(() -> body.value("source").map(CodeCollector::written))
                .orElse("");
        return new ModuleCall(
                block.labels().get(0), written, source.isPresent(), body.text("version"), block.position());
    }

    private static ModuleCall overridden(ModuleCall base, ModuleCall by) {
        boolean source = !by.source().isEmpty();
        return new ModuleCall(
                base.name(),
                source ? by.source() : base.source(),
                source ? by.sourceIsLiteral() : base.sourceIsLiteral(),
                by.version().or(base::version),
                base.position());
    }

    private static List<String> literals(Expression value) {
        if (value instanceof Expression.Text text) {
            return List.of(text.value());
        }
        if (value instanceof Expression.Num number) {
            return List.of(number.digits());
        }
        if (value instanceof Expression.ListOf list) {
            return list.items().stream()
                    .flatMap(item -> literals(item).stream())
                    .toList();
        }
        return value instanceof Expression.ObjectOf object
                ? object.entries().stream()
                        .flatMap(entry -> literals(entry.value()).stream())
                        .toList()
                : List.of();
    }

    private void variable(Block block) {
        Body body = block.body();
        String name = block.labels().get(0);
        Variable base = variables.get(name);
        boolean sensitive =
                body.value("sensitive").map(CodeCollector::mayBeTrue).orElse(base != null && base.sensitive());
        Optional<String> type = body.value("type").map(CodeCollector::written);
        variables.put(
                name,
                new Variable(
                        name,
                        body.value("default").isPresent() || (base != null && base.hasDefault()),
                        sensitive,
                        type.isPresent() || base == null ? type : base.type(),
                        body.value("default")
                                .map(CodeCollector::literals)
                                .orElse(base == null ? List.of() : base.defaults()),
                        base == null ? block.position() : base.position()));
    }

    private void output(Block block) {
        String name = block.labels().get(0);
        Output base = outputs.get(name);
        boolean sensitive =
                block.body().value("sensitive").map(CodeCollector::mayBeTrue).orElse(base != null && base.sensitive());
        outputs.put(name, new Output(name, sensitive, base == null ? block.position() : base.position()));
    }

    private void data(Block block) {
        resource(Resource.Mode.DATA, block);
        if (block.labels().get(0).equals("terraform_remote_state")) {
            remoteStates.put(block.labels().get(1), remoteState(block));
        }
    }

    private static RemoteState remoteState(Block block) {
        Body body = block.body();
        return new RemoteState(
                block.labels().get(1),
                body.text("backend"),
                body.value("config").map(Settings::of).orElseGet(Settings::none),
                body.text("workspace"),
                block.position());
    }

    private void resource(Resource.Mode mode, Block block) {
        providers.imply(block);
        Resource resource =
                new Resource(mode, block.labels().get(0), block.labels().get(1), block.position());
        resources.putIfAbsent(resource.address(), resource);
    }

    private static String address(Body body, String name) {
        return body.value(name).map(CodeCollector::written).orElse("");
    }

    private static boolean mayBeTrue(Expression value) {
        boolean literallyFalse = value instanceof Bool bool && !bool.value();
        return !literallyFalse
                && !value.asText().map("false"::equals).orElse(false)
                && !(value instanceof Expression.Null);
    }

    /** References and raw expressions as code; JSON syntax writes the same in a string. */
    static String written(Expression value) {
        if (value instanceof Traversal traversal) {
            return traversal.text();
        }
        return value instanceof Raw raw ? raw.text() : value.asText().orElse("");
    }
}
