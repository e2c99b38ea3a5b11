package dev.plumbline.hcl.syntax;

/**
 * Something in a file that could not be read.
 *
 * @param sentence short, for people, without the position
 */
public record Problem(Kind kind, Position position, String sentence) {

    /** What sort of trouble it is. */
    public enum Kind {
        /** Not the syntax that Terraform reads. */
        SYNTAX,
        /** Not UTF-8. */
        ENCODING,
        /** The file is larger than {@link HclFile#MAX_BYTES}, or holds too many values, and was not read whole. */
        TOO_LARGE,
        /** Nested deeper than {@link HclFile#MAX_DEPTH}. */
        TOO_DEEP
    }

    /** {@code main.tf:3:7: the block is not closed}. */
    @Override
    public String toString() {
        return position + ": " + sentence;
    }
}
