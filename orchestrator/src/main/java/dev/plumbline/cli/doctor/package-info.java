/**
 * What is installed, what is missing, how to mend it.
 *
 * <p>May use: cli's context, and config, process, secret, terraform.
 */
@NullMarked
package dev.plumbline.cli.doctor;

import org.jspecify.annotations.NullMarked;
