package dev.plumbline.run;

/**
 * Proves that its holder is the latest to have been let into a stack's lane; whatever an older holder still tries to write
 * is refused.
 *
 * @param value only grows within a lane
 */
public record FencingToken(long value) {}
