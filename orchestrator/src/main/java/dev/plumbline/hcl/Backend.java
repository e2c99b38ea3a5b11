package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;

/**
 * Where the code says that its state is kept.
 *
 * @param kind the backend's type such as {@code s3}; {@code cloud} for a {@code cloud} block
 */
public record Backend(String kind, Settings settings, Position position) {

    /** Kind and content in one spelling, fit for hashing: equal texts mean the same backend. */
    public String stableText() {
        return kind + settings.stableText();
    }
}
