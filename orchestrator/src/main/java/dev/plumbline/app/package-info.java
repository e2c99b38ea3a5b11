/**
 * Wiring by hand, start and shutdown in reverse order; the only place that sees everything.
 */
@NullMarked
package dev.plumbline.app;

import org.jspecify.annotations.NullMarked;
