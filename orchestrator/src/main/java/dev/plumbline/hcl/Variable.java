package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.List;
import java.util.Optional;

/**
 * A {@code variable} block.
 *
 * @param sensitive also true where the code says it by anything but a literal
 * @param type the type constraint as written
 * @param defaults every literal text and number in its default value, at any depth
 */
public record Variable(
        String name,
        boolean hasDefault,
        boolean sensitive,
        Optional<String> type,
        List<String> defaults,
        Position position) {
    public Variable {
        defaults = List.copyOf(defaults);
    }
}
