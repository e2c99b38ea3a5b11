package dev.plumbline.terraform.report;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.terraform.plan.Action;
import dev.plumbline.terraform.plan.ActionReason;
import dev.plumbline.terraform.plan.CheckResult;
import dev.plumbline.terraform.plan.OutputChange;
import dev.plumbline.terraform.plan.Path;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.ResourceChange;
import dev.plumbline.terraform.plan.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A plan in the order and the words of a report; every line of it already masked and free of control characters. */
final class Masked {
    private static final int NAMED_ATTRIBUTES = 5;

    private final Plan plan;
    private final Masker masker;
    private final ResourceDiff diff;

    Masked(Plan plan, Masker masker) {
        this.plan = plan;
        this.masker = masker;
        this.diff = new ResourceDiff(masker);
    }

    /** What is done to resources: destroys first, then replacements, then the rest; within each by address. */
    List<ResourceChange> changes() {
        return plan.changes().stream()
                .filter(ResourceChange::hasEffect)
                .sorted(Comparator.comparingInt(Masked::rank).thenComparing(ResourceChange.BY_ADDRESS))
                .toList();
    }

    List<OutputChange> outputs() {
        return plan.outputs().stream()
                .filter(output -> output.change().action() != Action.NO_OP)
                .toList();
    }

    String headline(ResourceChange change) {
        return line(Phrases.headline(change));
    }

    String fate(ResourceChange change) {
        return line(Phrases.fate(change));
    }

    List<String> notes(ResourceChange change) {
        return Phrases.notes(change).stream().map(this::line).toList();
    }

    List<Line> diff(ResourceChange change) {
        return masked(diff.of(change));
    }

    List<Line> outputLines() {
        List<Line> lines = new ArrayList<>();
        outputs().forEach(output -> lines.addAll(diff.of(output)));
        return masked(lines);
    }

    /** What stands before all else: an unfinished plan, failed checks. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (plan.errored()) {
            warnings.add("Planning failed midway: what follows is incomplete and can't be applied.");
        } else if (!plan.complete()) {
            warnings.add("This plan leaves something out; another will be needed after it.");
        }
        for (CheckResult check : plan.checks()) {
            for (CheckResult.Instance instance : check.instances()) {
                if (instance.status() == CheckResult.Status.FAIL || instance.status() == CheckResult.Status.ERROR) {
                    List<String> problems =
                            instance.problems().isEmpty() ? List.of("could not be evaluated") : instance.problems();
                    problems.forEach(
                            problem -> warnings.add(line("Check failed: " + instance.address() + ": " + problem)));
                }
            }
        }
        return warnings;
    }

    /** What changed outside of Terraform, a line each. */
    List<String> drift() {
        return plan.drift().stream().map(this::driftLine).toList();
    }

    String line(String text) {
        return TerminalText.safeLine(masker.mask(text));
    }

    /** The same, lines kept. */
    String text(String text) {
        return TerminalText.safe(masker.mask(text));
    }

    private String driftLine(ResourceChange drifted) {
        String address = drifted.address().text();
        if (drifted.action() == Action.DELETE) {
            return line("- " + address + " no longer exists");
        }
        if (drifted.action() == Action.NO_OP) {
            return line("  " + Phrases.notes(drifted).stream().collect(Collectors.joining(" ", address + " ", "")));
        }
        SortedSet<Path> paths = new TreeSet<>();
        collect(drifted.change().before(), drifted.change().after(), Path.ROOT, paths);
        List<String> names = paths.stream().map(Path::toString).toList();
        int shown = Math.min(names.size(), NAMED_ATTRIBUTES);
        String more = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
        return line("~ " + address + ": " + String.join(", ", names.subList(0, shown)) + more);
    }

    private static void collect(Value was, Value is, Path at, SortedSet<Path> paths) {
        if (was.equals(is)) {
            return;
        }
        if (was instanceof Value.Fields old && is instanceof Value.Fields fresh) {
            for (String name : ValueDiff.union(old.values(), fresh.values())) {
                Path.Name step = new Path.Name(name);
                collect(old.at(step), fresh.at(step), at.plus(step), paths);
            }
        } else {
            paths.add(at);
        }
    }

    private List<Line> masked(List<Line> lines) {
        return lines.stream()
                .map(line -> new Line(line.sign(), line.depth(), line(line.text())))
                .toList();
    }

    private static int rank(ResourceChange change) {
        return switch (change.action()) {
            case DELETE -> 0;
            case REPLACE_DESTROY_FIRST, REPLACE_CREATE_FIRST, CREATE_THEN_FORGET -> 1;
            case FORGET -> 2;
            case UPDATE -> 3;
            case CREATE -> 4;
            case NO_OP -> 5;
            case READ -> 6;
        };
    }

    /** Whether it is one that people should see first. */
    static boolean risky(ResourceChange change) {
        return rank(change) < 2;
    }

    /** Whether a diff says more than the headline. */
    static boolean hasDiff(ResourceChange change) {
        return change.action() != Action.NO_OP || change.reason() != ActionReason.NONE;
    }
}
