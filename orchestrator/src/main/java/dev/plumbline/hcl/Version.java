package dev.plumbline.hcl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version such as {@code 1.11.4} or {@code 1.12.0-rc1}; what stands after a plus sign is dropped, as it orders nothing.
 *
 * @param segments at least three, the missing ones 0
 * @param preRelease without its dash; empty for a release
 */
public record Version(List<BigInteger> segments, String preRelease) implements Comparable<Version> {
    static final Pattern SYNTAX = Pattern.compile(
            "v?(\\d{1,40}(?:\\.\\d{1,40}){0,20})(?:-?([A-Za-z~][0-9A-Za-z.~-]*)|-([0-9A-Za-z.~-]+))?(?:\\+[0-9A-Za-z.~-]+)?");

    public Version {
        List<BigInteger> padded = new ArrayList<>(segments);
        while (padded.size() < 3) {
            padded.add(BigInteger.ZERO);
        }
        segments = List.copyOf(padded);
    }

    /** Empty where the text is no version. */
    public static Optional<Version> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<BigInteger> segments = Arrays.stream(matcher.group(1).split("\\."))
                .map(BigInteger::new)
                .toList();
        String preRelease = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        return Optional.of(new Version(segments, preRelease == null ? "" : preRelease));
    }

    boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /** The numbers first; a pre-release stands before its release. */
    @Override
    public int compareTo(Version other) {
        int most = Math.max(segments.size(), other.segments.size());
        for (int i = 0; i < most; i++) {
            int order = segment(i).compareTo(other.segment(i));
            if (order != 0) {
                return order;
            }
        }
        if (!isPreRelease() || !other.isPreRelease()) {
            return Boolean.compare(!isPreRelease(), !other.isPreRelease());
        }
        return comparePreReleases(preRelease.split("\\."), other.preRelease.split("\\."));
    }

    BigInteger segment(int index) {
        return index < segments.size() ? segments.get(index) : BigInteger.ZERO;
    }

    private static int comparePreReleases(String[] mine, String[] theirs) {
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int order = comparePart(mine[i], theirs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    private static int comparePart(String mine, String theirs) {
        boolean number = mine.matches("\\d+");
        boolean otherNumber = theirs.matches("\\d+");
        if (number && otherNumber) {
            return new BigInteger(mine).compareTo(new BigInteger(theirs));
        }
        return number == otherNumber ? mine.compareTo(theirs) : Boolean.compare(otherNumber, number);
    }

    @Override
    public String toString() {
        String numbers =
                String.join(".", segments.stream().map(BigInteger::toString).toList());
        return isPreRelease() ? numbers + "-" + preRelease : numbers;
    }
}
