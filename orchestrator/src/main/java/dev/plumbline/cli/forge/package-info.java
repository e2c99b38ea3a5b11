/**
 * {@code plumbline forge}: what forges let the server do.
 *
 * <p>May use: what {@code cli} may.
 */
@NullMarked
package dev.plumbline.cli.forge;

import org.jspecify.annotations.NullMarked;
