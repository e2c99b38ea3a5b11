/**
 * Verdicts over a plan: policies read out of a tree, and what they say of what a plan would do.
 *
 * <p>May use: config, git, secret, stack, terraform.
 */
@NullMarked
package dev.plumbline.policy;

import org.jspecify.annotations.NullMarked;
