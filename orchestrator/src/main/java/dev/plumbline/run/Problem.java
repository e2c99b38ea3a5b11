package dev.plumbline.run;

/**
 * What kept a run from planning, and where in the code; secrets masked.
 *
 * @param file relative to the stack's folder, with slashes; may lead out of it to a module
 * @param line counted from 1
 * @param detail may be empty or have several lines
 */
public record Problem(String file, int line, boolean error, String summary, String detail) {}
