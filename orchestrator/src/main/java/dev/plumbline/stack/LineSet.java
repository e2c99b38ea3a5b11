package dev.plumbline.stack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** The lines of some files without their order, each kept as a number, to tell how much two folders have in common. */
final class LineSet {
    private final int[] sorted;

    private LineSet(int[] sorted) {
        this.sorted = sorted;
    }

    /** Blank lines and lines of a single bracket say nothing and don't count. */
    static LineSet of(Collection<byte[]> files) {
        return new LineSet(files.stream()
                .flatMap(file -> new String(file, StandardCharsets.UTF_8).lines())
                .map(String::strip)
                .filter(line -> line.length() > 1)
                .mapToInt(String::hashCode)
                .sorted()
                .toArray());
    }

    /** From 0, nothing in common, to 1, the same lines; a line that both have twice counts twice. */
    double likeness(LineSet other) {
        if (sorted.length == 0 && other.sorted.length == 0) {
            return 0;
        }
        int common = 0;
        for (int i = 0, j = 0; i < sorted.length && j < other.sorted.length; ) {
            if (sorted[i] == other.sorted[j]) {
                common++;
                i++;
                j++;
            } else if (sorted[i] < other.sorted[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) common / Math.max(sorted.length, other.sorted.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LineSet && Arrays.equals(((LineSet) other).sorted, sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }
}
