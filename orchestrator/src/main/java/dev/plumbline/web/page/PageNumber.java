package dev.plumbline.web.page;

/** Reads the number of a page out of an address; whatever is none is the first. */
final class PageNumber {
    private static final int MOST = 1_000_000;

    private PageNumber() {}

    static int of(String typed) {
        try {
            return Math.max(1, Math.min(MOST, Integer.parseInt(typed)));
        } catch (NumberFormatException none) {
            return 1;
        }
    }
}
