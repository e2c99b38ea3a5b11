package dev.plumbline.forge.owners;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/**
 * A regular expression over whole paths, matched in linear time by RE2/J, which is Go's {@code regexp}. Gitea itself takes some that
 * step back (lookaheads, backreferences), which could keep a server busy for ever; those are refused, and never passed over.
 */
final class RegexPattern implements PathPattern {
    private static final int LONGEST = 1000;
    /** Counted repetitions are written out when compiled. */
    private static final int LARGEST = 100_000;

    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{([0-9]*),?([0-9]*)\\}");

    private final Pattern pattern;
    private final boolean others;
    private final String prefix;
    private final int size;

    private RegexPattern(Pattern pattern, boolean others, String prefix, int size) {
        this.pattern = pattern;
        this.others = others;
        this.prefix = prefix;
        this.size = size;
    }

    /**
     * Compiles one.
     *
     * @param others whether it is for the paths that don't fit
     * @throws IllegalArgumentException with what is wrong and what to do
     */
    static RegexPattern parse(String text, boolean others) {
        if (text.length() > LONGEST || size(text) > LARGEST) {
            throw new IllegalArgumentException("the regular expression is too large; split it up");
        }
        try {
            return new RegexPattern(Pattern.compile("^" + text + "$"), others, prefix(text), (int) size(text));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' can't be matched in linear time (" + e.getDescription()
                    + "); write it without lookaheads and backreferences");
        }
    }

    /** About how many instructions it compiles to. */
    int size() {
        return size;
    }

    private static long size(String text) {
        double size = Math.max(1, text.length());
        Matcher count = COUNT.matcher(text);
        while (count.find()) {
            size *= Math.max(number(count.group(1)), number(count.group(2)));
        }
        return (long) size;
    }

    private static double number(String digits) {
        return digits.isEmpty() ? 1 : Math.max(1, Double.parseDouble(digits));
    }

    /** What all paths that fit begin with. */
    private static String prefix(String text) {
        int end = 0;
        while (end < text.length() && "\\.+*?()|[]{}^$".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        boolean repeated = end < text.length() && "*?{".indexOf(text.charAt(end)) >= 0;
        return text.contains("|") ? "" : text.substring(0, repeated ? Math.max(0, end - 1) : end);
    }

    @Override
    public boolean fits(RepositoryPath path, Effort effort) {
        if (!path.text().startsWith(prefix)) {
            return others;
        }
        effort.spend((long) size * path.text().length());
        return pattern.matcher(path.text()).find() != others;
    }
}
