/**
 * The Terraform program: finding it, running it, and the plan and state files it writes.
 *
 * <p>May use: hcl, process, secret.
 */
@NullMarked
package dev.plumbline.terraform;

import org.jspecify.annotations.NullMarked;
