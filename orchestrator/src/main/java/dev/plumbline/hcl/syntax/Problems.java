package dev.plumbline.hcl.syntax;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, up to a number that a person would still read. */
final class Problems {
    private static final int MOST = 100;
    private final List<Problem> found = new ArrayList<>();

    void add(Problem.Kind kind, Position position, String sentence) {
        if (found.size() < MOST) {
            found.add(new Problem(kind, position, sentence));
        } else if (found.size() == MOST) {
            found.add(new Problem(kind, position, "there are more problems; the file is not read from here on"));
        }
    }

    boolean isFull() {
        return found.size() > MOST;
    }

    void addEncoding(Position position) {
        add(Problem.Kind.ENCODING, position, "the file is not UTF-8 here");
    }

    List<Problem> list() {
        return found;
    }
}
