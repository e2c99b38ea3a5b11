/**
 * States of stacks: looked into, taken out, brought in and mended, a class for each subcommand of {@code state}.
 *
 * <p>May use: cli's context and client, secret, and web's views.
 */
@NullMarked
package dev.plumbline.cli.state;

import org.jspecify.annotations.NullMarked;
