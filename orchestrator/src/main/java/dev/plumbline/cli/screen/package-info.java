/**
 * How commands speak to people: the terminal, tables, times as people say them, the progress line.
 *
 * <p>May use: nothing but the standard library.
 */
@NullMarked
package dev.plumbline.cli.screen;

import org.jspecify.annotations.NullMarked;
