package dev.plumbline.terraform;

import dev.plumbline.secret.Secrets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment that Terraform gets: an allow-list of the server's, what Plumbline sets, and what the configuration
 * names. Everything else of the server's environment stays with the server.
 */
public final class ChildEnvironment {
    private static final Set<String> PASSED = Set.of(
            "PATH",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TMPDIR",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY");
    private static final Set<String> OWN = Set.of(
            "HOME",
            "TF_CLI_CONFIG_FILE",
            "TERRAFORM_CONFIG",
            "TF_DATA_DIR",
            "TF_WORKSPACE",
            "TF_IN_AUTOMATION",
            "TF_INPUT",
            "CHECKPOINT_DISABLE",
            "TF_REATTACH_PROVIDERS",
            "TF_PLUGIN_CACHE_DIR",
            "TF_TEMP_LOG_PATH",
            "LD_PRELOAD",
            "LD_LIBRARY_PATH",
            "GOGC",
            "GOMEMLIMIT");
    /** Measured: 10 % faster and a quarter less processor time for a plan with the AWS provider. */
    private static final Map<String, String> PLAN_TUNING = Map.of("GOGC", "off", "GOMEMLIMIT", "400MiB");

    private final Map<String, String> passed;
    private final Secrets secrets;

    /** @param server the server's whole environment, of which no AWS variable is passed on */
    public ChildEnvironment(Map<String, String> server) {
        this(server, Map.of());
    }

    /** @param aws those of {@link AmbientAws}, where they are passed on */
    public ChildEnvironment(Map<String, String> server, Map<String, String> aws) {
        Map<String, String> kept = new TreeMap<>(aws);
        server.forEach((name, value) -> {
            if (PASSED.contains(name.toUpperCase(Locale.ROOT)) || name.startsWith("LC_")) {
                kept.put(name, value);
            }
        });
        passed = Map.copyOf(kept);
        secrets = AmbientAws.secrets(aws);
    }

    /** What of it must not stand in a log. */
    Secrets secrets() {
        return secrets;
    }

    /**
     * Why a variable may not be set by configuration; empty where it may. Terraform's own switches are refused: they
     * would change what a run does behind the back of what was reviewed.
     */
    public static Optional<String> refusal(String name) {
        boolean terraformsOwn = OWN.contains(name) || name.startsWith("TF_CLI_ARGS") || name.startsWith("TF_LOG");
        if (terraformsOwn) {
            return Optional.of("The variable " + name + " is Plumbline's to set; remove it from the configuration");
        }
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
            return Optional.of("Not the name of a variable: " + name);
        }
        return Optional.empty();
    }

    /**
     * For everything but plans: provisioners inherit it, so nothing is tuned.
     *
     * @param more what the configuration names for this run
     * @throws IllegalArgumentException where one of them is refused
     */
    Map<String, String> forRun(Workspace workspace, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(passed);
        more.forEach((name, value) -> {
            refusal(name).ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
            all.put(name, value);
        });
        workspace.terraformWorkspace().ifPresent(name -> all.put("TF_WORKSPACE", name));
        all.put("HOME", workspace.home().toString());
        all.put("TF_CLI_CONFIG_FILE", workspace.cliConfiguration().toString());
        all.put("TF_DATA_DIR", workspace.dataFolder().toString());
        all.put("TF_IN_AUTOMATION", "1");
        all.put("TF_INPUT", "0");
        all.put("CHECKPOINT_DISABLE", "1");
        return all;
    }

    /**
     * For {@code init}, which refuses to begin where the workspace is not there yet, though plans and applies then make it; so it
     * is not told, except where the backend is made of named workspaces only.
     */
    Map<String, String> forInit(Workspace workspace, Map<String, String> more, boolean namedWorkspacesOnly) {
        Map<String, String> all = forRun(workspace, more);
        if (!namedWorkspacesOnly) {
            all.remove("TF_WORKSPACE");
        }
        return all;
    }

    /** For plans and drift checks: with the garbage collector of Terraform and its providers out of the way. */
    Map<String, String> forPlan(Workspace workspace, Map<String, String> more) {
        Map<String, String> all = forRun(workspace, more);
        all.putAll(PLAN_TUNING);
        return all;
    }

    /** For commands that belong to no workspace. */
    Map<String, String> bare() {
        Map<String, String> all = new TreeMap<>(passed);
        all.put("CHECKPOINT_DISABLE", "1");
        return all;
    }
}
