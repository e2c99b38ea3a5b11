/**
 * The smart-HTTP server of the built-in forge: clone, fetch and push with an ordinary Git client.
 *
 * <p>May use: nothing of Plumbline but the package above.
 */
@NullMarked
package dev.plumbline.git.server;

import org.jspecify.annotations.NullMarked;
