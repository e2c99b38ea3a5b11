package dev.plumbline.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of bytes, written {@code 512MiB}; the units are KiB, MiB and GiB. */
public record DataSize(long bytes) {
    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,8})(KiB|MiB|GiB)");

    public DataSize {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a size is more than nothing, not " + bytes);
        }
    }

    /**
     * Reads an amount.
     *
     * @throws IllegalArgumentException where the text is no such amount
     */
    public static DataSize parse(String text) {
        Matcher match = SHAPE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a size such as 512MiB");
        }
        int shift = match.group(2).equals("KiB") ? 10 : match.group(2).equals("MiB") ? 20 : 30;
        return new DataSize(Long.parseLong(match.group(1)) << shift);
    }

    @Override
    public String toString() {
        for (int shift = 30; shift >= 10; shift -= 10) {
            if (bytes % (1L << shift) == 0) {
                return (bytes >> shift) + (shift == 30 ? "GiB" : shift == 20 ? "MiB" : "KiB");
            }
        }
        return bytes + " bytes";
    }
}
