/**
 * Which stacks a tree holds, what each one reads, how they depend on each other, and which ones a change touches.
 *
 * <p>May use: config, git, hcl.
 */
@NullMarked
package dev.plumbline.stack;

import org.jspecify.annotations.NullMarked;
