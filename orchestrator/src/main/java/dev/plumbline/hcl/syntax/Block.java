package dev.plumbline.hcl.syntax;

import java.util.List;

/** {@code type "label" "label" { … }}. */
public record Block(String type, List<String> labels, Body body, Position position) {
    public Block {
        labels = List.copyOf(labels);
    }
}
