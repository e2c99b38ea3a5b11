package dev.plumbline.terraform;

import dev.plumbline.terraform.TerraformBinary.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The CLI configuration that runs get: of the server user's own, where providers come from and which credentials module
 * and provider registries want; nothing else, and no plugin cache, which is not safe for runs at the same time.
 */
public final class CliConfiguration {
    private static final Set<String> CARRIED = Set.of("provider_installation", "credentials", "credentials_helper");
    private static final String OVERRIDE = "TF_CLI_CONFIG_FILE";

    private static final Pattern HELPER = Pattern.compile("credentials_helper\\s+\"([A-Za-z0-9_-]+)\"[\\s\\S]*");
    private static final Pattern HOST = Pattern.compile("credentials\\s+\"([^\"]+)\"[\\s\\S]*");

    private final Map<String, String> environment;
    private final Product product;

    /**
     * @param environment the server's whole environment
     * @param product whose files are read
     */
    public CliConfiguration(Map<String, String> environment, Product product) {
        this.environment = Map.copyOf(environment);
        this.product = product;
    }

    /** The file that TF_CLI_CONFIG_FILE names though it is not there: Terraform goes on without it, and so do runs. */
    public static Optional<Path> missingPreset(Map<String, String> environment) {
        return preset(environment).filter(file -> !Files.isRegularFile(file));
    }

    private static Optional<Path> preset(Map<String, String> environment) {
        String named = environment.getOrDefault(OVERRIDE, environment.getOrDefault("TERRAFORM_CONFIG", ""));
        return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
    }

    /**
     * The text of the file. A preset TF_CLI_CONFIG_FILE that names no file counts as an empty one, as for Terraform.
     *
     * @throws TerraformException where a file can't be read
     */
    public String text() {
        return text(ModuleAccess.none());
    }

    private String text(ModuleAccess access) {
        List<String> blocks = ownBlocks();
        blocks.removeIf(block -> access.registryHosts().contains(hostOf(block)));
        if (!access.registryHosts().isEmpty()) {
            blocks.add(access.credentialsBlocks());
        }
        if (blocks.stream().noneMatch(block -> block.startsWith("provider_installation"))) {
            blocks.add(new ImplicitMirrors(environment, product).block());
        }
        return String.join("\n", blocks) + "\n";
    }

    private List<String> ownBlocks() {
        List<String> blocks = new ArrayList<>();
        sources().forEach(source -> blocks.addAll(blocks(source)));
        return blocks;
    }

    private static String hostOf(String block) {
        Matcher host = HOST.matcher(block);
        return host.matches() ? host.group(1) : "";
    }

    /**
     * Writes the file, mode 600, and makes the user's credentials helper known below the workspace's HOME, where it is looked for.
     *
     * @param access what further credentials it gets
     */
    void write(Workspace workspace, ModuleAccess access) {
        PrivateFolders.write(workspace.cliConfiguration(), text(access).getBytes(StandardCharsets.UTF_8));
        for (String block : ownBlocks()) {
            Matcher helper = HELPER.matcher(block);
            if (helper.matches()) {
                link(workspace, "terraform-credentials-" + helper.group(1));
            }
        }
    }

    private void link(Workspace workspace, String program) {
        Optional<Path> found = configurationFolder()
                .map(folder -> folder.resolve("plugins").resolve(program))
                .filter(Files::isExecutable);
        Path folder = workspace.home().resolve(".terraform.d").resolve("plugins");
        if (found.isPresent() && !Files.exists(folder.resolve(program))) {
            PrivateFolders.create(folder);
            try {
                Files.createSymbolicLink(folder.resolve(program), found.get());
            } catch (IOException e) {
                throw new TerraformException("The folder " + folder + " can't be written (" + e.getMessage() + ")", e);
            }
        }
    }

    /** The user's folder of further configuration; OpenTofu has a second place for it where the first is not used. */
    private Optional<Path> configurationFolder() {
        Optional<Path> usual = home().map(folder -> folder.resolve(".terraform.d"));
        boolean elsewhere =
                product == Product.TOFU && usual.filter(Files::exists).isEmpty();
        return elsewhere ? xdg().map(folder -> folder.resolve("opentofu")).or(() -> usual) : usual;
    }

    private Optional<Path> home() {
        return folder("HOME");
    }

    private Optional<Path> xdg() {
        return folder("XDG_CONFIG_HOME");
    }

    private Optional<Path> folder(String name) {
        return Optional.of(environment.getOrDefault(name, ""))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }

    /** The user's own file: {@code .terraformrc}; OpenTofu looks for {@code .tofurc} before it, and below XDG_CONFIG_HOME after. */
    private Optional<Path> userFile() {
        Optional<Path> terraformsOwn = home().map(folder -> folder.resolve(".terraformrc"));
        if (product == Product.TERRAFORM) {
            return terraformsOwn;
        }
        return home().map(folder -> folder.resolve(".tofurc"))
                .filter(Files::isRegularFile)
                .or(() -> terraformsOwn.filter(Files::isRegularFile))
                .or(() -> xdg().map(folder -> folder.resolve("opentofu").resolve("tofurc")));
    }

    private List<Path> sources() {
        List<Path> files = new ArrayList<>();
        Optional<Path> preset = preset(environment);
        preset.or(this::userFile).ifPresent(files::add);
        configurationFolder()
                .ifPresent(folder -> files.addAll(
                        preset.isEmpty() ? inFolder(folder) : List.of(folder.resolve("credentials.tfrc.json"))));
        return files.stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> inFolder(Path folder) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{tfrc,tfrc.json}")) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new TerraformException("The folder " + folder + " can't be read (" + e.getMessage() + ")", e);
            }
        }
        files.sort(null);
        return files;
    }

    private static List<String> blocks(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new TerraformException(
                    "The CLI configuration " + file + " can't be read (" + e.getMessage() + "); check its owner", e);
        }
        return text.stripLeading().startsWith("{") ? jsonBlocks(file, text) : new CliBlocks(text, CARRIED).read();
    }

    /** Credentials are written anew; an installation in JSON has too many forms to be written anew in safety. */
    private static List<String> jsonBlocks(Path file, String text) {
        List<String> blocks = new ArrayList<>();
        try {
            JsonNode root = new JsonMapper().readTree(text);
            if (root.has("provider_installation")) {
                throw new TerraformException("The provider_installation of " + file
                        + " is written in JSON, which can't be carried over; write it in the block form");
            }
            for (Map.Entry<String, JsonNode> host : root.path("credentials").properties()) {
                blocks.add("credentials " + ImplicitMirrors.quoted(host.getKey()) + " {\n  token = "
                        + ImplicitMirrors.quoted(host.getValue().path("token").asString(""))
                        + "\n}");
            }
        } catch (JacksonException e) {
            throw new TerraformException("The CLI configuration " + file + " is not valid JSON", e);
        }
        return blocks;
    }
}
