/**
 * Child processes: argument vectors, allow-listed environments, time limits, and processes that outlive this one.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.process;

import org.jspecify.annotations.NullMarked;
