package dev.plumbline.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces every occurrence of a secret in a text by {@value #MASK}.
 *
 * <p>Each secret is sought as it is, as JSON and Terraform's language would quote it, and, where it has several lines, line
 * by line, so that neither an encoded form nor a diff of its lines shows it. Where occurrences overlap, all that they cover
 * goes. The cost is one table lookup per character however many secrets there are. Safe for use by several threads.
 */
public final class Masker {
    /** What stands where a secret stood. */
    public static final String MASK = "(sensitive value)";

    private static final int WINDOW = Secrets.SHORTEST;

    /** Longest first, by their first four characters; each entry's key is those characters packed into a long. */
    private final Map<Long, List<String>> byStart = new HashMap<>();

    /** One bit per possible low hash: most positions of a text end here. */
    private final long[] filter = new long[(1 << 16) / 64];

    Masker(Secrets secrets) {
        Set<String> forms = new LinkedHashSet<>();
        secrets.strings().forEach(secret -> addForms(secret, forms));
        for (String form : forms) {
            long start = window(form, 0);
            byStart.computeIfAbsent(start, key -> new ArrayList<>(1)).add(form);
            int bit = bitOf(start);
            filter[bit >>> 6] |= 1L << (bit & 63);
        }
        byStart.values()
                .forEach(sameStart ->
                        sameStart.sort(Comparator.comparingInt(String::length).reversed()));
    }

    /** Hides nothing. */
    public static Masker none() {
        return Secrets.none().masker();
    }

    /** Told of each stretch of a text that secrets cover. */
    @FunctionalInterface
    public interface Stretches {
        /** @param to the place after its last character */
        void covered(int from, int to);
    }

    /** The text without any secret; the same object where it had none. */
    public String mask(String text) {
        StringBuilder masked = new StringBuilder();
        int[] copied = new int[1];
        seek(text, (from, to) -> {
            masked.append(text, copied[0], from).append(MASK);
            copied[0] = to;
        });
        return copied[0] == 0
                ? text
                : masked.append(text, copied[0], text.length()).toString();
    }

    /** Gives each stretch that secrets cover, or that is masked already, in order. */
    public void seek(String text, Stretches stretches) {
        int position = 0;
        int last = byStart.isEmpty() ? -1 : text.length() - WINDOW;
        while (position <= last) {
            int end = endOfCovered(text, position, last);
            if (end == position) {
                position++;
            } else {
                stretches.covered(position, end);
                position = end;
            }
        }
    }

    /** Whether any secret stands in the text. */
    public boolean finds(String text) {
        return !mask(text).equals(text);
    }

    /** Where the stretch covered by secrets that starts here ends; the position itself where none starts. */
    private int endOfCovered(String text, int start, int last) {
        if (text.startsWith(MASK, start)) {
            return start + MASK.length();
        }
        int end = longestAt(text, start);
        for (int inside = start + 1; inside < end && inside <= last; inside++) {
            end = Math.max(end, longestAt(text, inside));
        }
        return end;
    }

    private int longestAt(String text, int position) {
        long start = window(text, position);
        int bit = bitOf(start);
        if ((filter[bit >>> 6] & (1L << (bit & 63))) == 0) {
            return position;
        }
        for (String candidate : byStart.getOrDefault(start, List.of())) {
            if (text.startsWith(candidate, position)) {
                return position + candidate.length();
            }
        }
        return position;
    }

    private static long window(String text, int at) {
        return (long) text.charAt(at) << 48
                | (long) text.charAt(at + 1) << 32
                | (long) text.charAt(at + 2) << 16
                | text.charAt(at + 3);
    }

    private static int bitOf(long window) {
        return (int) ((window * 0x9E3779B97F4A7C15L) >>> 48);
    }

    private static void addForms(String secret, Set<String> forms) {
        addQuoted(secret, forms);
        String trimmed = secret.strip();
        if (trimmed.length() >= WINDOW) {
            addQuoted(trimmed, forms);
        }
        if (secret.indexOf('\n') >= 0 || secret.indexOf('\r') >= 0) {
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= WINDOW)
                    .forEach(line -> addQuoted(line, forms));
        }
    }

    /** As it is, as JSON quotes it, as Go's JSON quotes it (which escapes for HTML too), and as HCL quotes it. */
    private static void addQuoted(String text, Set<String> forms) {
        String json = Quoting.json(text);
        forms.add(text);
        forms.add(json);
        forms.add(Quoting.goJson(text));
        forms.add(json.replace("${", "$${").replace("%{", "%%{"));
    }
}
