package dev.plumbline.review;

import java.util.List;
import java.util.function.IntFunction;

/** Puts as much into a text as there is room for. */
final class Fitting {
    private Fitting() {}

    /**
     * The parts after the head, in their order, each whole or left out where it finds no room.
     *
     * @param longest in characters, without the closing words
     * @param closing says how many were left out
     */
    static String joined(String head, List<String> parts, int longest, IntFunction<String> closing) {
        StringBuilder text = new StringBuilder(head);
        int left = 0;
        for (String part : parts) {
            if (text.length() + part.length() <= longest) {
                text.append(part);
            } else {
                left++;
            }
        }
        return left == 0 ? text.toString() : text + closing.apply(left);
    }
}
