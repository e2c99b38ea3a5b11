package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;

/**
 * A path that an expression hands to a function that reads files.
 *
 * @param base what stands before the path
 * @param path without the base, without a leading slash after one, otherwise as written: it may hold {@code ..}. Where
 *     not {@link #exact}, the folder before the first part that isn't literal; empty for the base itself
 * @param exact whether the whole argument is literal
 * @param pattern the second argument of {@code fileset} where it is a literal
 */
public record ReadPath(
        String function, Base base, String path, boolean exact, Optional<String> pattern, Position position) {

    /** What a path is relative to. */
    public enum Base {
        /** {@code path.module}: the folder that holds the code. */
        MODULE,
        /** {@code path.root}: the stack's folder. */
        ROOT,
        /** {@code path.cwd}: where Terraform runs. */
        CWD,
        /** Nothing: where Terraform runs, or absolute where the path begins with a slash. */
        BARE,
        /** An expression that the code alone doesn't tell. */
        UNKNOWN
    }
}
