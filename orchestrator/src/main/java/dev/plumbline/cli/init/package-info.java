/**
 * {@code plumbline init}: a first configuration for a repository, made of what is found in it.
 *
 * <p>May use: cli's context, and config, git, hcl, secret, stack.
 */
@NullMarked
package dev.plumbline.cli.init;

import org.jspecify.annotations.NullMarked;
