package dev.plumbline.forge.owners;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file's lines, cut up to be looked at. */
final class Lines {
    /** No path that Git keeps on a disk is longer. */
    private static final int LONGEST = 4096;

    private Lines() {}

    /** Without spaces at both ends; a mark for the order of bytes is no part of the text. */
    static List<String> of(String text) {
        return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                .lines()
                .map(String::strip)
                .toList();
    }

    /** What is wrong with a line as such. */
    static Optional<Flaw> tooLong(int number, String line) {
        return line.length() <= LONGEST
                ? Optional.empty()
                : Optional.of(Flaw.hidden(number, "longer than " + LONGEST + " characters; no path needs that"));
    }

    /** Cuts at spaces and tabs, but not at one with a backslash before it; backslashes stay. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean space = c == ' ' || c == '\t';
            if (space && start >= 0) {
                words.add(line.substring(start, i));
                start = -1;
            } else if (!space) {
                start = start < 0 ? i : start;
                i += c == '\\' ? 1 : 0;
            }
        }
        if (start >= 0) {
            words.add(line.substring(start));
        }
        return words;
    }
}
