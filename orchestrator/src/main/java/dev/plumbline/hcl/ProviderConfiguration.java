package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;

/** A {@code provider} block. */
public record ProviderConfiguration(String name, Optional<String> alias, Position position) {}
