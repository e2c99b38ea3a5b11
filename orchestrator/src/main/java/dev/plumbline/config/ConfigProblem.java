package dev.plumbline.config;

/**
 * Something wrong in a configuration file.
 *
 * @param file as the reader was told to name it, for example {@code stacks/network/stack.yaml}
 * @param line counted from 1
 * @param column counted from 1
 * @param message what is wrong, what was expected, and the nearest valid name where there is one
 */
public record ConfigProblem(String file, int line, int column, String message) {

    /** {@code file:line:column: message}, the form editors and terminals make links of. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
