package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;

/**
 * A {@code module} block.
 *
 * @param source the value where it is a literal, the expression's text otherwise; empty where there is none
 * @param version the literal version constraint
 */
public record ModuleCall(
        String name, String source, boolean sourceIsLiteral, Optional<String> version, Position position) {

    /** Whether the source is a folder of the same repository: only {@code ./} and {@code ../} make it one. */
    public boolean isLocal() {
        return sourceIsLiteral && (source.startsWith("./") || source.startsWith("../"));
    }
}
