package dev.plumbline.terraform;

import dev.plumbline.secret.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The server's own AWS variables, for servers whose configuration hands them to Terraform. */
public final class AmbientAws {
    /** What the AWS SDKs read of credentials, regions and endpoints; nothing that changes how Terraform itself runs. */
    private static final Set<String> NAMES = Set.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE",
            "AWS_CONFIG_FILE",
            "AWS_SHARED_CREDENTIALS_FILE",
            "AWS_SDK_LOAD_CONFIG",
            "AWS_ROLE_ARN",
            "AWS_ROLE_SESSION_NAME",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            "AWS_EC2_METADATA_DISABLED",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
            "AWS_STS_REGIONAL_ENDPOINTS",
            "AWS_USE_FIPS_ENDPOINT",
            "AWS_USE_DUALSTACK_ENDPOINT",
            "AWS_CA_BUNDLE",
            "AWS_MAX_ATTEMPTS",
            "AWS_RETRY_MODE");

    private static final List<String> SECRET =
            List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN");

    private AmbientAws() {}

    /**
     * Those of the server's environment. Terraform runs with a HOME of its own, so that the server user's files of profiles are
     * named where they are at their usual place.
     */
    public static Map<String, String> of(Map<String, String> server) {
        Map<String, String> found = new TreeMap<>();
        server.forEach((name, value) -> {
            if (NAMES.contains(name) || name.startsWith("AWS_ENDPOINT_URL")) {
                found.put(name, value);
            }
        });
        Path usual = Path.of(server.getOrDefault("HOME", "/"), ".aws");
        Map.of("AWS_CONFIG_FILE", "config", "AWS_SHARED_CREDENTIALS_FILE", "credentials")
                .forEach((name, file) -> {
                    if (Files.isRegularFile(usual.resolve(file))) {
                        found.putIfAbsent(name, usual.resolve(file).toString());
                    }
                });
        return found;
    }

    /** What of them must not stand in a log. */
    static Secrets secrets(Map<String, String> server) {
        return Secrets.of(SECRET.stream()
                .map(name -> server.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .toList());
    }
}
