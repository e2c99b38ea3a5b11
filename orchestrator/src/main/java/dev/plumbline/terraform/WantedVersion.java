package dev.plumbline.terraform;

import dev.plumbline.hcl.VersionConstraint;
import java.util.Optional;

/**
 * Which program a stack asks for.
 *
 * @param text the version or constraint as it is written, without the product
 */
public record WantedVersion(TerraformBinary.Product product, String text, VersionConstraint versions) {

    /** @throws IllegalArgumentException where the text is no constraint; configuration was checked before */
    public static WantedVersion of(TerraformBinary.Product product, String text) {
        return new WantedVersion(
                product,
                text,
                VersionConstraint.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("Not a version or constraint: " + text)));
    }

    /** Reads {@code 1.10.5}, {@code ~> 1.11} or {@code tofu:1.10.10}. */
    public static WantedVersion named(String name) {
        return name.startsWith("tofu:")
                ? of(TerraformBinary.Product.TOFU, name.substring("tofu:".length()))
                : of(TerraformBinary.Product.TERRAFORM, name);
    }

    /** As {@link #named} reads it. */
    public String name() {
        return (product == TerraformBinary.Product.TOFU ? "tofu:" : "") + text;
    }

    /** The one version that fits; empty where several may. */
    public Optional<TerraformVersion> exact() {
        return TerraformVersion.parse(text);
    }

    /** Whether a program is what is wanted. */
    public boolean fits(TerraformBinary binary) {
        return binary.product() == product && fits(binary.version());
    }

    /** Whether a version of the product is. */
    public boolean fits(TerraformVersion version) {
        return versions.accepts(version.toString());
    }

    /** {@code OpenTofu ~> 1.10}. */
    @Override
    public String toString() {
        return product.title() + " " + text;
    }
}
