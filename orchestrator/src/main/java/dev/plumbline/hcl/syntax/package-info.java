/**
 * Terraform's two syntaxes, native and JSON, as blocks, attributes and simple values with their positions. Reading never
 * fails: what isn't understood stays raw, and what is malformed becomes a {@link dev.plumbline.hcl.syntax.Problem}.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.hcl.syntax;

import org.jspecify.annotations.NullMarked;
