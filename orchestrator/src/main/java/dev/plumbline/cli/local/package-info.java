/**
 * Commands that need no server: they read the checkout of the current folder, and plan it.
 *
 * <p>May use: cli's context, and config, git, hcl, process, secret, stack, terraform.
 */
@NullMarked
package dev.plumbline.cli.local;

import org.jspecify.annotations.NullMarked;
