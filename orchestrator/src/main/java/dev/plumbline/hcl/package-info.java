/**
 * What one folder of Terraform code says about itself: modules, backend, providers, variables, and the files that it
 * reads; {@link dev.plumbline.hcl.TerraformCode} is the front door. Below it, {@code hcl.syntax} is a small tolerant
 * reader of structure, literals and references; everything else stays raw.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.hcl;

import org.jspecify.annotations.NullMarked;
