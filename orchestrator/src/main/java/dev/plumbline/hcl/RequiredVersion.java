package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;

/** One {@code required_version}; several hold together. */
public record RequiredVersion(String text, Position position) {

    /** Empty where the text is no constraint. */
    public Optional<VersionConstraint> constraint() {
        return VersionConstraint.parse(text);
    }
}
