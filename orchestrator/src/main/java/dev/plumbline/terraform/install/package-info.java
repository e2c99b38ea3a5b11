/**
 * Finding Terraform on this machine, or downloading it: pinned, with its checksum and signature verified.
 *
 * <p>May use: process.
 */
@NullMarked
package dev.plumbline.terraform.install;

import org.jspecify.annotations.NullMarked;
