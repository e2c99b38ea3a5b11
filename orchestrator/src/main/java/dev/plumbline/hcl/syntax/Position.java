package dev.plumbline.hcl.syntax;

/**
 * A place in a file.
 *
 * @param file the name under which the file was given
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 units, so that it costs nothing on very long lines
 */
public record Position(String file, int line, int column) {
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1, not " + line + ":" + column);
        }
    }

    /** {@code main.tf:3:7}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
