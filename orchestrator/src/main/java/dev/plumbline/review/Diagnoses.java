package dev.plumbline.review;

import dev.plumbline.forge.Diagnosis;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.run.KeptProblems;
import dev.plumbline.run.Problem;
import dev.plumbline.terraform.report.Markdown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was found in the code of a change: by Terraform, and by whoever read the repository's configuration. */
record Diagnoses(KeptProblems problems) {
    private static final Pattern IN_CONFIGURATION = Pattern.compile("(?s)([^:]+):(\\d{1,9}):\\d+: (.+)");

    /** Empty until all that can be planned is. */
    Optional<Diagnosis> of(ChangeSnapshot now) {
        Change change = now.change();
        boolean fine = change.state() == ChangeState.PLANNED || change.state() == ChangeState.NO_CHANGES;
        if (!fine && change.state() != ChangeState.FAILED) {
            return Optional.empty();
        }
        List<Diagnosis.Remark> remarks = new ArrayList<>();
        Stream<String> warnings = fine ? Stream.empty() : now.released().warnings().stream();
        Stream.concat(now.problems().stream(), warnings)
                .forEach(problem -> inConfiguration(problem).ifPresent(remarks::add));
        now.all(Ended.class)
                .forEach(ended -> problems.of(ended.run().id()).stream()
                        .flatMap(problem -> inCode(ended.stack().folder(), problem).stream())
                        .forEach(remarks::add));
        String title = fine
                ? "Nothing to remark"
                : remarks.isEmpty()
                        ? "No line of the code is to blame"
                        : remarks.size() + (remarks.size() == 1 ? " remark" : " remarks");
        return Optional.of(new Diagnosis(change.head(), fine, title, Markdown.inline(change.reason()) + ".", remarks));
    }

    private static Optional<Diagnosis.Remark> inConfiguration(String problem) {
        Matcher place = IN_CONFIGURATION.matcher(problem);
        return place.matches()
                ? Optional.of(new Diagnosis.Remark(
                        place.group(1),
                        Math.max(1, Integer.parseInt(place.group(2))),
                        true,
                        "Plumbline's configuration",
                        place.group(3)))
                : Optional.empty();
    }

    /** Empty for what is not in the repository, such as a module from elsewhere. */
    private static Optional<Diagnosis.Remark> inCode(String folder, Problem problem) {
        Path path = Path.of(folder).resolve(problem.file()).normalize();
        if (path.isAbsolute()
                || path.startsWith("..")
                || path.startsWith(Path.of(folder, ".terraform").normalize())) {
            return Optional.empty();
        }
        String message = problem.detail().isBlank() ? problem.summary() : problem.detail();
        return Optional.of(new Diagnosis.Remark(
                path.toString().replace('\\', '/'),
                Math.max(1, problem.line()),
                problem.error(),
                problem.summary(),
                message));
    }
}
