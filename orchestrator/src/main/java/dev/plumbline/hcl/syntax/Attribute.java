package dev.plumbline.hcl.syntax;

/** {@code name = value}. */
public record Attribute(String name, Expression value, Position position) {}
