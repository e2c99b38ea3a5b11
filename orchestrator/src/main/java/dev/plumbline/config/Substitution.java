package dev.plumbline.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of environment variables and files into text: a dollar sign and {@code env:NAME} or {@code file:PATH}
 * in braces. Two dollar signs before a brace stand for one, literally. A file's last line break is left out.
 */
final class Substitution {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(\\}?)");
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final Map<String, String> environment;
    private final Path folder;

    /** @param folder what a relative file's path starts from */
    Substitution(Map<String, String> environment, Path folder) {
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /** @throws IllegalArgumentException naming the reference that has no value */
    String apply(String text) {
        Matcher match = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        int from = 0;
        while (match.find()) {
            result.append(text, from, match.start());
            result.append(match.group(1) == null ? "${" : value(match));
            from = match.end();
        }
        return result.append(text, from, text.length()).toString();
    }

    private String value(Matcher match) {
        String reference = match.group(1);
        if (match.group(2).isEmpty()) {
            throw new IllegalArgumentException("a ${ is never closed; write $${ where it is meant literally");
        }
        if (reference.startsWith("env:")) {
            String name = reference.substring(4);
            String value = environment.get(name);
            if (value == null) {
                throw new IllegalArgumentException(
                        "the environment variable " + name + " is not set" + Nearest.hint(name, environment.keySet()));
            }
            return value;
        }
        if (reference.startsWith("file:")) {
            return file(folder.resolve(reference.substring(5)));
        }
        throw new IllegalArgumentException("'${" + reference
                + "}' is unknown; expected ${env:NAME} or ${file:PATH}, or $${ where it is meant literally");
    }

    private static String file(Path path) {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MAX_FILE_BYTES) {
                throw new IllegalArgumentException("the file " + path + " is larger than 1 MiB");
            }
            return Files.readString(path).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException
                    ? "is not there"
                    : Files.isDirectory(path)
                            ? "is a folder"
                            : e instanceof CharacterCodingException ? "is not UTF-8 text" : "is not open to this user";
            throw new IllegalArgumentException("the file " + path + " " + why, e);
        }
    }
}
