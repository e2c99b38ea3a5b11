/**
 * What keeps secrets secret: masking by value, encryption at rest, keyed digests, and text made safe for a terminal.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.secret;

import org.jspecify.annotations.NullMarked;
