/**
 * Who may do what on a pull request: the rules of its base branch, the floors of this server and CODEOWNERS, held against what the
 * forge says of a person at that moment. What can't be read is refused.
 *
 * <p>May use: run and everything below it, and {@code forge}.
 */
@NullMarked
package dev.plumbline.review.right;

import org.jspecify.annotations.NullMarked;
