package dev.plumbline.web.page;

import dev.plumbline.web.Operations;
import dev.plumbline.web.Views;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pieces of logs that a page can bear: however long a log is, a page is given its end, and from then on what is new. */
final class RunLogs {
    /** So many characters are shown at once at most. */
    static final int MOST = 200_000;

    /** So many characters of a log are counted through for one page; 5,000 resources take about one million. */
    static final int MOST_COUNTED = 8_000_000;

    /** Offsets further apart than any log is long don't count the same file. */
    private static final long SAME_KIND = 1L << 49;

    private final Operations operations;

    RunLogs(Operations operations) {
        this.operations = operations;
    }

    /** @param chunk whole lines, but for the last */
    record Piece(Views.LogChunk chunk, boolean cut) {}

    /** What came after an offset; only the end of it where that is too much. Empty where there is no such run. */
    Optional<Piece> after(long run, long offset) {
        return operations.log(run, offset).map(first -> {
            // An offset behind the end tells where the end is. Offsets of a log that was rewritten meanwhile are of
            // another
            // kind, far larger: then what was read is shown, and the next question goes on from there.
            long left = operations.log(run, Long.MAX_VALUE).orElse(first).next() - first.next();
            boolean skips = left > MOST && left < SAME_KIND;
            return skips
                    ? piece(operations.log(run, first.next() + left - MOST).orElse(first), true)
                    : piece(first, false);
        });
    }

    /** How far an apply is by its whole log; by as much of its beginning as is read for a page where it is very long. */
    ResourceProgress progress(long run, Views.@Nullable Counts counts) {
        ResourceProgress.Count count = new ResourceProgress.Count();
        long read = 0;
        long offset = 0;
        while (read < MOST_COUNTED) {
            Views.LogChunk chunk = operations.log(run, offset).orElseThrow();
            if (chunk.text().isEmpty()) {
                return count.of(counts);
            }
            count.add(chunk.text());
            read += chunk.text().length();
            offset = chunk.next();
        }
        return count.ofBeginning();
    }

    private static Piece piece(Views.LogChunk chunk, boolean cut) {
        String text = chunk.text();
        // More may have been written since the end was asked for.
        int least = Math.max(0, text.length() - MOST);
        boolean shortened = cut || least > 0;
        int line = shortened ? text.indexOf('\n', least) : -1;
        int start = line < 0 ? least : line + 1;
        return new Piece(new Views.LogChunk(text.substring(start), chunk.next(), chunk.ended()), shortened);
    }
}
