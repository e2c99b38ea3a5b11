/**
 * What Terraform reports while it works: the lines of its machine-readable interface ({@code -json}) as types.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.terraform.event;

import org.jspecify.annotations.NullMarked;
