package dev.plumbline.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository's pages: where they are, and what stands in them. */
final class Pages {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern INDENTED = Pattern.compile("(?m)^ {4}(.*)$");

    private Pages() {}

    /** All that people read, on any level. */
    static List<Path> all() {
        try (Stream<Path> docs = Files.list(DOCS)) {
            return Stream.concat(
                            Stream.of(
                                    ROOT.resolve("README.md"),
                                    ROOT.resolve("CONTRIBUTING.md"),
                                    ROOT.resolve("modules/README.md"),
                                    ROOT.resolve("stacks/README.md"),
                                    ROOT.resolve("policies/README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(page.toString(), e);
        }
    }

    /** What links may name after a number sign, as forges make it of headings. */
    static Set<String> anchors(Path page) {
        return HEADING.matcher(withoutFences(text(page)))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    static String withoutFences(String text) {
        return FENCE.matcher(text).replaceAll("");
    }

    /** Lines that people are to type: in indented blocks, and in fences without a language or of a shell's. */
    static List<String> typed(Path page) {
        List<String> lines = new ArrayList<>();
        Matcher fence = FENCE.matcher(text(page));
        while (fence.find()) {
            if (Set.of("", "sh", "shell", "bash", "console").contains(fence.group(1))) {
                lines.addAll(fence.group(2).lines().toList());
            }
        }
        Matcher indented = INDENTED.matcher(withoutFences(text(page)));
        while (indented.find()) {
            lines.add(indented.group(1));
        }
        return lines.stream().map(String::strip).toList();
    }
}
