/**
 * Commands that people write in comments on pull requests: read, judged and done in the order in which they were written.
 *
 * <p>May use: review and everything below it.
 */
@NullMarked
package dev.plumbline.review.command;

import org.jspecify.annotations.NullMarked;
