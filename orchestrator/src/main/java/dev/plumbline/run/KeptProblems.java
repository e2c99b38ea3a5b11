package dev.plumbline.run;

import dev.plumbline.store.Artifacts;
import dev.plumbline.terraform.event.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Terraform found in the code of runs that failed, where it named a line; encrypted. */
public final class KeptProblems {
    /** Nobody reads more of them. */
    private static final int MOST = 500;

    private final Artifacts artifacts;

    KeptProblems(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** @param mask hides secrets */
    void keep(RunId run, List<Diagnostic> diagnostics, UnaryOperator<String> mask) {
        List<Map<String, Object>> all = diagnostics.stream()
                .flatMap(diagnostic -> diagnostic.range().stream()
                        .map(range -> Map.<String, Object>of(
                                "file", range.file(),
                                "line", range.line(),
                                "error", diagnostic.isError(),
                                "summary", mask.apply(diagnostic.summary()),
                                "detail", mask.apply(diagnostic.detail()))))
                .limit(MOST)
                .toList();
        if (!all.isEmpty()) {
            artifacts.put(name(run), JsonMapper.shared().writeValueAsBytes(all));
        }
    }

    /** Those of a run, as Terraform named them; none where it named no line, or the run is from before they were kept. */
    public List<Problem> of(RunId run) {
        return artifacts
                .get(name(run))
                .map(kept -> JsonMapper.shared()
                        .readTree(kept)
                        .valueStream()
                        .map(KeptProblems::read)
                        .toList())
                .orElse(List.of());
    }

    private static Problem read(JsonNode problem) {
        return new Problem(
                problem.path("file").asString(""),
                problem.path("line").asInt(1),
                problem.path("error").asBoolean(true),
                problem.path("summary").asString(""),
                problem.path("detail").asString(""));
    }

    private static String name(RunId run) {
        return "runs/" + run + "/problems";
    }
}
