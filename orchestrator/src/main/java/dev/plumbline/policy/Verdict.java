package dev.plumbline.policy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What policies say of one plan.
 *
 * @param policies the names of those that judged it
 * @param findings refusals first, then by policy, in the order of its rules
 */
public record Verdict(SortedSet<String> policies, List<Finding> findings) {
    /** Nobody judged it. */
    public static final Verdict NONE = new Verdict(new TreeSet<>(), List.of());

    public Verdict {
        policies = Collections.unmodifiableSortedSet(new TreeSet<>(policies));
        findings = Stream.concat(
                        findings.stream().filter(finding -> finding.severity() == Severity.REFUSES),
                        findings.stream().filter(finding -> finding.severity() != Severity.REFUSES))
                .toList();
    }

    /** Whether a policy refuses the plan. */
    public boolean refuses() {
        return refusals() > 0;
    }

    /** The first refusal, with how many more there are; empty where there is none. */
    public Optional<String> refusal(String stack) {
        return findings.stream()
                .findFirst()
                .filter(first -> first.severity() == Severity.REFUSES)
                .map(first ->
                        first.of(stack) + (refusals() == 1 ? "" : ", and " + (refusals() - 1) + " more such findings"));
    }

    private long refusals() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.REFUSES)
                .count();
    }

    /** The same with what must not be shown masked: an address may repeat a secret. */
    public Verdict masked(UnaryOperator<String> mask) {
        return new Verdict(
                policies, findings.stream().map(finding -> finding.masked(mask)).toList());
    }
}
