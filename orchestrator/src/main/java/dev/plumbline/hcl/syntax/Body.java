package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Expression.Raw;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands between a block's braces, or in a file.
 *
 * @param unread stretches that are neither attribute nor block; each has a {@link Problem}
 */
public record Body(List<Attribute> attributes, List<Block> blocks, List<Raw> unread) {
    public Body {
        attributes = List.copyOf(attributes);
        blocks = List.copyOf(blocks);
        unread = List.copyOf(unread);
    }

    /** The attribute's value, where there is one of this name. */
    public Optional<Expression> value(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::value)
                .findFirst();
    }

    /** The attribute's value, where it is a string literal. */
    public Optional<String> text(String name) {
        return value(name).flatMap(Expression::asText);
    }

    /** The blocks of this type directly inside. */
    public Stream<Block> blocks(String type) {
        return blocks.stream().filter(block -> block.type().equals(type));
    }
}
