package dev.plumbline.hcl;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Everything that the code says, without positions, one fact a line. */
final class FactsText {
    private FactsText() {}

    static String of(TerraformCode code) {
        List<String> facts = new ArrayList<>();
        code.problems().forEach(problem -> facts.add("problem " + problem));
        code.moduleCalls().forEach(m -> facts.add("module " + m.name() + " " + m.source() + " " + m.version()));
        code.backend().ifPresent(b -> facts.add("backend " + b.stableText()));
        code.requiredProviders()
                .values()
                .forEach(p -> facts.add("provider " + p.localName() + " " + p.source() + " " + p.version()));
        code.requiredVersions().forEach(v -> facts.add("version " + v.text()));
        code.remoteStates()
                .forEach(r -> facts.add(
                        "state " + r.name() + r.backendKind() + r.config().stableText()));
        code.variables().forEach(v -> facts.add("variable " + v.name() + v.hasDefault() + v.sensitive() + v.type()));
        code.outputs().forEach(o -> facts.add("output " + o.name() + o.sensitive()));
        code.resources().forEach(r -> facts.add("resource " + r.address()));
        code.moved().forEach(m -> facts.add("moved " + m.from() + " " + m.to()));
        code.readPaths().forEach(p -> facts.add("reads " + path(p)));
        facts.add("imports " + code.importBlocks());
        return String.join("\n", new TreeSet<>(facts));
    }

    static String path(ReadPath path) {
        return path.function() + " " + path.base() + " '" + path.path() + "' " + (path.exact() ? "exact" : "below")
                + path.pattern().map(pattern -> " " + pattern).orElse("");
    }
}
