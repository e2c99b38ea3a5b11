package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;

/**
 * A provider that the folder needs.
 *
 * @param localName how the folder calls it
 * @param source as declared, else {@code hashicorp/<name>}, or {@link #BUILT_IN} for {@code terraform}
 * @param version the literal version constraint
 * @param declared false where only a resource, a data source or a {@code provider} block implies it
 */
public record ProviderRequirement(
        String localName, String source, Optional<String> version, boolean declared, Position position) {
    /** The provider inside Terraform itself, which needs no download. */
    public static final String BUILT_IN = "terraform.io/builtin/terraform";

    static String defaultSource(String localName) {
        return localName.equals("terraform") ? BUILT_IN : "hashicorp/" + localName;
    }

    /** Whether Terraform has it inside. */
    public boolean isBuiltIn() {
        return source.equals(BUILT_IN);
    }
}
