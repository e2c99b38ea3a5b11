/**
 * The server's own log: for people on a terminal, for a file, or for programs. Always on standard error, since standard output is
 * for results.
 */
@NullMarked
package dev.plumbline.app.log;

import org.jspecify.annotations.NullMarked;
