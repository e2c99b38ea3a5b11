package dev.plumbline.hcl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Terraform's constraint syntax: terms such as {@code ~> 1.5}, joined by commas, which hold all together.
 *
 * <p>A pre-release is accepted only by a term that names a pre-release of the same numbers, or by {@code =} and {@code
 * !=}, which compare exactly. {@code ~>} leaves the last written number free to grow.
 */
public record VersionConstraint(List<Term> terms) {
    private static final Pattern TERM = Pattern.compile("\\s*(=|!=|>|<|>=|<=|~>|)\\s*(\\S+)\\s*");

    public VersionConstraint {
        terms = List.copyOf(terms);
    }

    /** How a term compares. */
    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        LESS,
        AT_LEAST,
        AT_MOST,
        PESSIMISTIC
    }

    /**
     * One comparison.
     *
     * @param written how many numbers of the version were written out
     */
    public record Term(Operator operator, Version version, int written) {

        /** Whether the version meets this term. */
        public boolean accepts(Version candidate) {
            int order = candidate.compareTo(version);
            return switch (operator) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case GREATER -> mayCompare(candidate) && order > 0;
                case LESS -> mayCompare(candidate) && order < 0;
                case AT_LEAST -> mayCompare(candidate) && order >= 0;
                case AT_MOST -> mayCompare(candidate) && order <= 0;
                case PESSIMISTIC -> mayCompare(candidate) && order >= 0 && acceptsGrowth(candidate);
            };
        }

        private boolean mayCompare(Version candidate) {
            return !candidate.isPreRelease()
                    || (version.isPreRelease() && candidate.segments().equals(version.segments()));
        }

        private boolean acceptsGrowth(Version candidate) {
            if (version.isPreRelease() && !candidate.isPreRelease()) {
                return false;
            }
            for (int i = 0; i < written - 1; i++) {
                if (!candidate.segment(i).equals(version.segment(i))) {
                    return false;
                }
            }
            int last = version.segments().size() - 1;
            return candidate.segment(last).compareTo(version.segment(last)) >= 0;
        }
    }

    /** Empty where the text is no constraint. */
    public static Optional<VersionConstraint> parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = TERM.matcher(part);
            Optional<Version> version =
                    matcher.matches() ? Version.parse(Objects.requireNonNull(matcher.group(2))) : Optional.empty();
            if (version.isEmpty()) {
                return Optional.empty();
            }
            terms.add(new Term(operator(matcher.group(1)), version.get(), written(matcher.group(2))));
        }
        return Optional.of(new VersionConstraint(terms));
    }

    private static int written(String version) {
        Matcher matcher = Version.SYNTAX.matcher(version);
        return matcher.matches() ? matcher.group(1).split("\\.").length : 0;
    }

    private static Operator operator(String sign) {
        return switch (sign.toLowerCase(Locale.ROOT)) {
            case "!=" -> Operator.NOT_EQUAL;
            case ">" -> Operator.GREATER;
            case "<" -> Operator.LESS;
            case ">=" -> Operator.AT_LEAST;
            case "<=" -> Operator.AT_MOST;
            case "~>" -> Operator.PESSIMISTIC;
            default -> Operator.EQUAL;
        };
    }

    /** Whether the version meets every term. */
    public boolean accepts(Version version) {
        return terms.stream().allMatch(term -> term.accepts(version));
    }

    /** As {@link #accepts(Version)}; what is no version is not accepted. */
    public boolean accepts(String version) {
        return Version.parse(version).map(this::accepts).orElse(false);
    }
}
