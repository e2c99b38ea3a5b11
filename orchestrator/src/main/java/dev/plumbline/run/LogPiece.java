package dev.plumbline.run;

/**
 * What stands in a log from a place on.
 *
 * @param next where the next piece begins
 * @param last whether the log ended there when it was read
 */
public record LogPiece(String text, long next, boolean last) {}
