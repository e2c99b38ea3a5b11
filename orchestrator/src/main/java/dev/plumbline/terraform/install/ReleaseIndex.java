package dev.plumbline.terraform.install;

import dev.plumbline.terraform.TerraformVersion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list of all releases of a product; only names that are releases, no pre-releases. */
final class ReleaseIndex {
    private ReleaseIndex() {}

    /** Reads both forms: HashiCorp's names versions as keys, OpenTofu's as {@code id}s of a list. */
    static List<TerraformVersion> read(byte[] json) throws JacksonException {
        JsonNode versions = new JsonMapper().readTree(json).path("versions");
        List<String> names = new ArrayList<>();
        if (versions.isArray()) {
            versions.forEach(version -> names.add(version.path("id").asString("")));
        } else {
            versions.propertyNames().forEach(names::add);
        }
        return names.stream()
                .flatMap(name -> TerraformVersion.parse(name).stream())
                .filter(version -> version.prerelease().isEmpty())
                .toList();
    }
}
