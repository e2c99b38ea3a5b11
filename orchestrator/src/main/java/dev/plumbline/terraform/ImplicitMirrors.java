package dev.plumbline.terraform;

import dev.plumbline.terraform.TerraformBinary.Product;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The folders in which Terraform looks for providers when no configuration names any, as its documentation lists them
 * ("Implied Local Mirror Directories"). They depend on HOME, which runs don't share with the server; so they are named.
 */
final class ImplicitMirrors {
    private final Map<String, String> environment;
    private final Product product;

    ImplicitMirrors(Map<String, String> environment, Product product) {
        this.environment = environment;
        this.product = product;
    }

    /** An installation method for each folder that holds providers, and the network for all other providers. */
    String block() {
        StringBuilder methods = new StringBuilder();
        TreeSet<String> all = new TreeSet<>();
        for (Path folder : folders()) {
            List<String> providers = providers(folder);
            if (!providers.isEmpty()) {
                all.addAll(providers);
                methods.append("  filesystem_mirror {\n    path = ")
                        .append(quoted(folder.toString()))
                        .append("\n    include = ")
                        .append(list(providers))
                        .append("\n  }\n");
            }
        }
        String exclude = all.isEmpty() ? "" : "\n    exclude = " + list(all) + "\n  ";
        return "provider_installation {\n" + methods + "  direct {" + exclude + "}\n}\n";
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            folders.add(Path.of(home, ".terraform.d", "plugins"));
        }
        String tofuData = environment.getOrDefault("XDG_DATA_HOME", "");
        if (product == Product.TOFU && !tofuData.isEmpty()) {
            folders.add(Path.of(tofuData, "opentofu", "plugins"));
        }
        String userData = environment.getOrDefault("XDG_DATA_HOME", home.isEmpty() ? "" : home + "/.local/share");
        String systemData = environment.getOrDefault("XDG_DATA_DIRS", "");
        String bases = userData + ":" + (systemData.isEmpty() ? "/usr/local/share:/usr/share" : systemData);
        Arrays.stream(bases.split(":"))
                .filter(base -> base.startsWith("/"))
                .map(base -> Path.of(base, "terraform", "plugins"))
                .forEach(folders::add);
        return folders.stream().distinct().toList();
    }

    /** Folders of the form host/namespace/type; a folder without a dot in its name is no host. */
    private static List<String> providers(Path folder) {
        List<String> found = new ArrayList<>();
        for (Path host : subfolders(folder)) {
            if (host.getFileName().toString().contains(".")) {
                for (Path namespace : subfolders(host)) {
                    subfolders(namespace)
                            .forEach(type -> found.add(folder.relativize(type).toString()));
                }
            }
        }
        found.sort(null);
        return found;
    }

    private static List<Path> subfolders(Path folder) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder, Files::isDirectory)) {
                inside.forEach(found::add);
            } catch (IOException e) {
                throw new TerraformException(
                        "The provider folder " + folder + " can't be read (" + e.getMessage() + ")", e);
            }
        }
        return found;
    }

    private static String list(Iterable<String> providers) {
        List<String> quoted = new ArrayList<>();
        providers.forEach(provider -> quoted.add(quoted(provider)));
        return "[" + String.join(", ", quoted) + "]";
    }

    static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("${", "$${") + "\"";
    }
}
