/**
 * Bare mirrors, trees, merge previews, exports, and the smart-HTTP server of the built-in forge.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.git;

import org.jspecify.annotations.NullMarked;
