package dev.plumbline.stack;

import dev.plumbline.hcl.Backend;
import dev.plumbline.hcl.Settings;
import dev.plumbline.hcl.syntax.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which state a backend means, as far as its literal settings tell: equal locations are one state.
 *
 * <p>The arguments are those of Terraform's backend documentation; the first of each kind must be there, since without it
 * {@code init} is given the rest from elsewhere and nothing is known.
 */
record StateLocation(String kind, SortedMap<String, String> settings, String workspace) {
    private static final Map<String, List<String>> IDENTITY = Map.ofEntries(
            Map.entry("s3", List.of("key", "bucket", "region", "workspace_key_prefix")),
            Map.entry("gcs", List.of("bucket", "prefix")),
            Map.entry("azurerm", List.of("key", "storage_account_name", "container_name")),
            Map.entry("local", List.of("path", "workspace_dir")),
            Map.entry("http", List.of("address")),
            Map.entry("consul", List.of("path", "address", "datacenter")),
            Map.entry("kubernetes", List.of("secret_suffix", "namespace", "config_path", "config_context", "host")),
            Map.entry("pg", List.of("schema_name", "conn_str")),
            Map.entry("cos", List.of("bucket", "prefix", "key", "region")),
            Map.entry("oss", List.of("bucket", "prefix", "key", "region")),
            Map.entry("oci", List.of("key", "bucket", "namespace")));

    /** The same backend's state of a workspace; two workspaces of one backend are two states. */
    StateLocation in(Optional<String> name) {
        return name.map(chosen -> new StateLocation(kind, settings, chosen)).orElse(this);
    }

    static Optional<StateLocation> of(Backend backend) {
        if (backend.kind().equals("cloud") || backend.kind().equals("remote")) {
            return workspace(backend.settings());
        }
        return of(backend.kind(), backend.settings());
    }

    /** Where a backend block, or the configuration of a remote state, of that kind leads. */
    static Optional<StateLocation> of(String kind, Settings settings) {
        if (kind.equals("remote")) {
            return workspace(settings);
        }
        List<String> identity = IDENTITY.getOrDefault(kind, List.of());
        if (identity.isEmpty() || settings.text(identity.get(0)).isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, String> found = new TreeMap<>();
        for (String name : identity) {
            if (settings.values().containsKey(name) && settings.text(name).isEmpty()) {
                return Optional.empty();
            }
            settings.text(name).ifPresent(value -> found.put(name, value));
        }
        return Optional.of(new StateLocation(kind, found, "default"));
    }

    /** A cloud block and the remote backend mean the same workspaces. */
    private static Optional<StateLocation> workspace(Settings settings) {
        Optional<String> name = Optional.ofNullable(settings.values().get("workspaces"))
                .filter(Expression.ObjectOf.class::isInstance)
                .map(Expression.ObjectOf.class::cast)
                .flatMap(workspaces -> workspaces.get("name"))
                .flatMap(Expression::asText);
        Optional<String> organization = settings.text("organization");
        if (name.isEmpty() || organization.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, String> found = new TreeMap<>();
        found.put("hostname", settings.text("hostname").orElse("app.terraform.io"));
        found.put("organization", organization.get());
        found.put("workspace", name.get());
        return Optional.of(new StateLocation("remote", found, "default"));
    }
}
