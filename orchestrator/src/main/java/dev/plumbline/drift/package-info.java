/**
 * A divergence from the check that found it to its resolution.
 *
 * <p>May use: run and everything below it.
 */
@NullMarked
package dev.plumbline.drift;

import org.jspecify.annotations.NullMarked;
