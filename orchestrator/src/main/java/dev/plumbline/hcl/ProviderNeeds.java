package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Attribute;
import dev.plumbline.hcl.syntax.Block;
import dev.plumbline.hcl.syntax.Expression;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import dev.plumbline.hcl.syntax.Expression.Traversal;
import dev.plumbline.hcl.syntax.Position;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The providers of a folder: declared, configured, or only implied by the resources that it has. */
final class ProviderNeeds {
    private final SortedMap<String, ProviderRequirement> declared = new TreeMap<>();
    private final SortedMap<String, Position> implied = new TreeMap<>();

    /** A later declaration, which can only be an override's, replaces an earlier one. */
    void declare(Block requiredProviders) {
        for (Attribute attribute : requiredProviders.body().attributes()) {
            String name = attribute.name();
            Optional<String> source = part(attribute.value(), "source");
            Optional<String> version = part(attribute.value(), "version").or(attribute.value()::asText);
            declared.put(
                    name,
                    new ProviderRequirement(
                            name,
                            source.orElse(ProviderRequirement.defaultSource(name)),
                            version,
                            true,
                            attribute.position()));
        }
    }

    private static Optional<String> part(Expression value, String key) {
        return value instanceof ObjectOf object ? object.get(key).flatMap(Expression::asText) : Optional.empty();
    }

    void configure(Block provider) {
        implied.putIfAbsent(provider.labels().get(0), provider.position());
    }

    /** The argument {@code provider} names it; without one, the type's first word does. */
    void imply(Block resource) {
        String type = resource.labels().get(0);
        int underscore = type.indexOf('_');
        String name = resource.body()
                .value("provider")
                .flatMap(ProviderNeeds::providerName)
                .orElse(underscore < 0 ? type : type.substring(0, underscore));
        implied.putIfAbsent(name, resource.position());
    }

    private static Optional<String> providerName(Expression value) {
        if (value instanceof Traversal traversal) {
            return Optional.of(traversal.root());
        }
        return value.asText().map(text -> text.replaceFirst("[.\\[].*", ""));
    }

    SortedMap<String, ProviderRequirement> all() {
        SortedMap<String, ProviderRequirement> all = new TreeMap<>(declared);
        implied.forEach((name, position) -> all.putIfAbsent(
                name,
                new ProviderRequirement(
                        name, ProviderRequirement.defaultSource(name), Optional.empty(), false, position)));
        return Collections.unmodifiableSortedMap(all);
    }
}
