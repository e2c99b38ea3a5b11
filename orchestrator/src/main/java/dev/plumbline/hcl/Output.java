package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;

/**
 * An {@code output} block.
 *
 * @param sensitive also true where the code says it by anything but a literal
 */
public record Output(String name, boolean sensitive, Position position) {}
