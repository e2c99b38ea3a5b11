package dev.plumbline.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The CLI configuration that runs get: of the server user's own, where providers come from and which credentials module
 * and provider registries want; nothing else, and no plugin cache, which is not safe for runs at the same time.
 */
public final class CliConfiguration {
    private static final Set<String> CARRIED = Set.of("provider_installation", "credentials");
    private static final String OVERRIDE = "TF_CLI_CONFIG_FILE";

    private final Map<String, String> environment;

    /** @param environment the server's whole environment */
    public CliConfiguration(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The text of the file. A preset TF_CLI_CONFIG_FILE that names no file counts as an empty one, as for Terraform.
     *
     * @throws TerraformException where a file can't be read
     */
    public String text() {
        List<String> blocks = new ArrayList<>();
        sources().forEach(source -> blocks.addAll(blocks(source)));
        if (blocks.stream().noneMatch(block -> block.startsWith("provider_installation"))) {
            blocks.add(new ImplicitMirrors(environment).block());
        }
        return String.join("\n", blocks) + "\n";
    }

    /** Writes the file, mode 600. */
    void write(Path file) {
        PrivateFolders.write(file, text().getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> sources() {
        List<Path> files = new ArrayList<>();
        String preset = environment.getOrDefault(OVERRIDE, environment.getOrDefault("TERRAFORM_CONFIG", ""));
        String home = environment.getOrDefault("HOME", "");
        if (!preset.isEmpty()) {
            files.add(Path.of(preset));
        } else if (!home.isEmpty()) {
            files.add(Path.of(home, ".terraformrc"));
        }
        if (!home.isEmpty()) {
            Path folder = Path.of(home, ".terraform.d");
            files.addAll(preset.isEmpty() ? inFolder(folder) : List.of(folder.resolve("credentials.tfrc.json")));
        }
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
