/**
 * Places where repositories live besides the built-in forge: their branches are fetched into mirrors, and what became of them is
 * told there. Plain Git so far.
 *
 * <p>May use: {@code config}, {@code git}, {@code process}, {@code secret}, {@code store}.
 */
@NullMarked
package dev.plumbline.forge;

import org.jspecify.annotations.NullMarked;
