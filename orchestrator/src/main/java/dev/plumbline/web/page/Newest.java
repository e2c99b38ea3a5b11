package dev.plumbline.web.page;

import java.util.List;
import java.util.function.IntFunction;

/**
 * The newest rows of a listing that grows for ever.
 *
 * @param more whether there are older ones
 */
public record Newest<T>(List<T> rows, boolean more) {
    /** No page lists more. */
    public static final int MOST = 1000;
    /** The number of the page that lists as many. */
    public static final int LAST_PAGE = 10;

    private static final int OF_A_PAGE = MOST / LAST_PAGE;

    /**
     * @param page how many pages' worth are listed
     * @param listing the newest, at most so many
     */
    static <T> Newest<T> of(int page, IntFunction<List<T>> listing) {
        int limit = OF_A_PAGE * Math.min(LAST_PAGE, page);
        List<T> found = listing.apply(limit + 1);
        return new Newest<>(found.subList(0, Math.min(found.size(), limit)), found.size() > limit);
    }
}
