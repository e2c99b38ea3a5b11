/**
 * A plan made readable: text, Markdown and JSON of a bounded size, destroys and replaces first, without any secret.
 *
 * <p>May use: terraform.plan, secret.
 */
@NullMarked
package dev.plumbline.terraform.report;

import org.jspecify.annotations.NullMarked;
