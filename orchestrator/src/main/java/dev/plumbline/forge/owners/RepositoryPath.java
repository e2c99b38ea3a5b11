package dev.plumbline.forge.owners;

import java.util.List;

/**
 * A file's path, cut at its slashes once for all comparisons.
 *
 * @param text from the repository's root, without a slash in front
 */
record RepositoryPath(String text, List<String> names) {
    static RepositoryPath of(String text) {
        return new RepositoryPath(text, List.of(text.split("/", -1)));
    }
}
