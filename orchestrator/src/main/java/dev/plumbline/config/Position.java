package dev.plumbline.config;

/** Where something stands in a file; both counted from 1. */
public record Position(int line, int column) {
    /** The beginning of a file: for problems that concern the whole of it, and for files that don't exist. */
    public static final Position START = new Position(1, 1);
}
