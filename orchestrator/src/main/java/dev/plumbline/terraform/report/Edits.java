package dev.plumbline.terraform.report;

import java.util.ArrayList;
import java.util.List;

/** The shortest way from one list to another; for very long lists a way that is short enough. */
final class Edits {
    /** Above so many comparisons, elements are paired by position instead. */
    private static final long MOST_COMPARISONS = 400_000;

    private Edits() {}

    /**
     * One element of either list or of both.
     *
     * @param before its position in the old list; -1 where it is new
     * @param after its position in the new list; -1 where it is gone
     */
    record Edit(int before, int after) {
        boolean kept() {
            return before >= 0 && after >= 0;
        }
    }

    /** Kept elements are pairs of equals; everything else is gone or new, the gone before the new in each gap. */
    static <T> List<Edit> between(List<T> before, List<T> after) {
        int start = 0;
        int endBefore = before.size();
        int endAfter = after.size();
        while (start < endBefore && start < endAfter && before.get(start).equals(after.get(start))) {
            start++;
        }
        while (endBefore > start
                && endAfter > start
                && before.get(endBefore - 1).equals(after.get(endAfter - 1))) {
            endBefore--;
            endAfter--;
        }
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < start; i++) {
            edits.add(new Edit(i, i));
        }
        middle(before, after, start, endBefore, endAfter, edits);
        for (int i = endBefore; i < before.size(); i++) {
            edits.add(new Edit(i, endAfter + i - endBefore));
        }
        return edits;
    }

    private static <T> void middle(
            List<T> before, List<T> after, int start, int endBefore, int endAfter, List<Edit> edits) {
        int rows = endBefore - start;
        int columns = endAfter - start;
        boolean small = (long) rows * columns <= MOST_COMPARISONS;
        int[][] longest = small ? longestCommon(before, after, start, rows, columns) : new int[0][0];
        int row = 0;
        int column = 0;
        List<Edit> added = new ArrayList<>();
        while (row < rows || column < columns) {
            boolean both = row < rows && column < columns;
            if (small && both && before.get(start + row).equals(after.get(start + column))) {
                edits.addAll(added);
                added.clear();
                edits.add(new Edit(start + row++, start + column++));
            } else if (row < rows
                    && (column == columns || !small || longest[row + 1][column] >= longest[row][column + 1])) {
                edits.add(new Edit(start + row++, -1));
            } else {
                added.add(new Edit(-1, start + column++));
            }
        }
        edits.addAll(added);
    }

    private static <T> int[][] longestCommon(List<T> before, List<T> after, int start, int rows, int columns) {
        int[][] longest = new int[rows + 1][columns + 1];
        for (int row = rows - 1; row >= 0; row--) {
            for (int column = columns - 1; column >= 0; column--) {
                longest[row][column] = before.get(start + row).equals(after.get(start + column))
                        ? longest[row + 1][column + 1] + 1
                        : Math.max(longest[row + 1][column], longest[row][column + 1]);
            }
        }
        return longest;
    }
}
