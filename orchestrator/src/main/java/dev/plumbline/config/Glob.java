package dev.plumbline.config;

import java.util.regex.Pattern;

/**
 * A pattern over paths: {@code *} and {@code ?} stay within a name, {@code **} crosses names, {@code {a,b}} and
 * {@code [a-z]} choose. {@code stacks/**} fits everything below {@code stacks}, and {@code **}{@code /x} fits {@code x}
 * itself too.
 */
public final class Glob {
    private final String text;
    private final Pattern pattern;

    private Glob(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException where a bracket or brace is left open, or the text is empty
     */
    public static Glob parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty glob fits nothing");
        }
        return new Glob(text, new GlobCompiler(text).compile());
    }

    /** Whether the whole path fits. */
    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /** The folder before the first special character, without a slash at its end; the empty string where there is none. */
    public String fixedFolder() {
        int special = 0;
        while (special < text.length() && "*?[{\\".indexOf(text.charAt(special)) < 0) {
            special++;
        }
        int slash = text.lastIndexOf('/', special == text.length() ? special : special - 1);
        return slash <= 0 ? "" : text.substring(0, slash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob && ((Glob) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
