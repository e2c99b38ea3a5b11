/**
 * What users type. Thin: parse, call, print, exit status.
 *
 * <p>May use: web's views, and config, git, hcl, process, secret, stack, terraform for what needs no server.
 */
@NullMarked
package dev.plumbline.cli;

import org.jspecify.annotations.NullMarked;
