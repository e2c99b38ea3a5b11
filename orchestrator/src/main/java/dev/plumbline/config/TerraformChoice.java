package dev.plumbline.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which program a stack wants: {@code 1.10.5}, {@code ~> 1.11}, {@code tofu:1.10.10}.
 *
 * @param tofu OpenTofu instead of Terraform
 * @param versions an exact version, or a constraint as in {@code required_version}
 */
public record TerraformChoice(boolean tofu, String versions) {
    private static final String NUMBERS = "[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}(-[0-9A-Za-z.-]+)?";
    private static final String TERM = "(=|!=|>=|<=|>|<|~>) *[0-9]{1,6}(\\.[0-9]{1,6}){0,2}(-[0-9A-Za-z.-]+)?";
    private static final Pattern EXACT = Pattern.compile(NUMBERS);
    private static final Pattern SHAPE =
            Pattern.compile("(tofu:)? *(" + NUMBERS + "|" + TERM + "( *, *" + TERM + ")*) *");

    /**
     * Reads a choice. A version without an operator is exact and has all three numbers: {@code 1.11} could be meant as 1.11.0
     * or as any 1.11, so it is refused.
     *
     * @throws IllegalArgumentException where the text is none
     */
    public static TerraformChoice parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is none; an exact version has three numbers, and any 1.11 is \"~> 1.11.0\"");
        }
        return new TerraformChoice(shape.group(1) != null, shape.group(2).strip());
    }

    /** Whether it names one version. */
    public boolean exact() {
        return EXACT.matcher(versions).matches();
    }

    @Override
    public String toString() {
        return (tofu ? "tofu:" : "") + versions;
    }
}
