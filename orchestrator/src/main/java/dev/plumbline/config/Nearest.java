package dev.plumbline.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The known name with the fewest edits to the given one; empty where that would be more than about a third of it. */
    public static Optional<String> to(String given, Collection<String> known) {
        if (given.isBlank()) {
            return Optional.empty();
        }
        String best = null;
        int fewest = Math.max(1, (given.length() + 2) / 3) + 1;
        for (String name : known) {
            if (Math.abs(name.length() - given.length()) < fewest) {
                int edits = edits(given, name);
                if (edits < fewest) {
                    fewest = edits;
                    best = name;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code ; did you mean 'x'?}, or nothing. */
    public static String hint(String given, Collection<String> known) {
        return to(given, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** Insertions, deletions, replacements and swaps of neighbours each count one. */
    private static int edits(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] now = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(Math.min(now[j - 1], last[j]) + 1, last[j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = now;
            now = spare;
        }
        return last[b.length()];
    }
}
