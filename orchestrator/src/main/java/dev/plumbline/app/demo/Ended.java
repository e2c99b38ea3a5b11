package dev.plumbline.app.demo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a command that was typed came back with.
 *
 * @param command as typed
 * @param status its exit status
 * @param lines both of its streams, in the order in which they came
 */
record Ended(String command, int status, List<Line> lines) {

    /** @param at when it came */
    record Line(Instant at, String text) {}

    Ended {
        lines = List.copyOf(lines);
    }

    Optional<Line> line(String part) {
        return lines.stream().filter(line -> line.text().contains(part)).findFirst();
    }

    boolean says(String part) {
        return line(part).isPresent();
    }

    /** Its last words, for saying what went wrong. */
    String tail() {
        return lines.stream()
                .map(Line::text)
                .filter(text -> !text.isBlank())
                .skip(Math.max(
                        0, lines.stream().filter(line -> !line.text().isBlank()).count() - 4))
                .map(text -> "\n    " + text)
                .reduce("", String::concat);
    }
}
