/**
 * A small tolerant reader of Terraform code: structure, literals and traversals; everything else stays raw.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.hcl;

import org.jspecify.annotations.NullMarked;
