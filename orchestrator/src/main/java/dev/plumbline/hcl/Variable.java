package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;

/**
 * A {@code variable} block.
 *
 * @param sensitive also true where the code says it by anything but a literal
 * @param type the type constraint as written
 */
public record Variable(String name, boolean hasDefault, boolean sensitive, Optional<String> type, Position position) {}
