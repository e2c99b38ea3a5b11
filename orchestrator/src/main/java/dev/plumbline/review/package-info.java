/**
 * A change on its way from a push to applied: previews, plans, intents, approvals, and what the author is told.
 *
 * <p>May use: run and everything below it.
 */
@NullMarked
package dev.plumbline.review;

import org.jspecify.annotations.NullMarked;
