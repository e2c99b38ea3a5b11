/**
 * What a plan says: its model, reading it from the plan file or from {@code show -json}, its sensitive parts, its digest,
 * and the state file.
 *
 * <p>May use: secret.
 */
@NullMarked
package dev.plumbline.terraform.plan;

import org.jspecify.annotations.NullMarked;
