package dev.plumbline.terraform.report;

/**
 * How long a rendering may be.
 *
 * @param characters at most so many, at least 1
 * @param where the whole report stands, for the line that says what was left out: an address or a command
 */
public record Limit(int characters, String where) {

    public Limit {
        if (characters < 1) {
            throw new IllegalArgumentException("a rendering needs room for at least one character");
        }
    }

    /** As long as it takes. */
    public static Limit none() {
        return new Limit(Integer.MAX_VALUE, "");
    }
}
