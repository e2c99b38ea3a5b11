package dev.plumbline.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program's own sources, as text. */
final class Sources {
    private Sources() {}

    /** Each file with its texts joined that were split over lines, and without escapes of quotes. */
    static List<String> withJoinedStrings() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Sources::joined)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String joined(Path file) {
        return Pages.text(file).replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");
    }
}
