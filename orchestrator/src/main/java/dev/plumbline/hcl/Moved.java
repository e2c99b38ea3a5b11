package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;

/** A {@code moved} block; both addresses as Terraform spells them. */
public record Moved(String from, String to, Position position) {}
