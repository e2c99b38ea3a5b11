package dev.plumbline.terraform;

import dev.plumbline.secret.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What opens private modules and registries. It lies in a workspace only while {@code init} runs there: plans and applies run
 * code of the repository, which could read it.
 */
public final class ModuleAccess {
    private final Optional<Path> sshKey;
    private final Optional<Path> knownHosts;
    private final List<Login> logins;
    private final SortedMap<String, String> registries;

    /** For modules over HTTP, as a netrc file names it. */
    public record Login(String host, String name, String password) {
        @Override
        public String toString() {
            return "Login[" + host + ", " + name + "]";
        }
    }

    /**
     * @param sshKey a private key's file
     * @param knownHosts the file with the keys of hosts that are trusted, besides which no other is; empty means that none is trusted
     * @param registries host → token
     */
    public ModuleAccess(
            Optional<Path> sshKey, Optional<Path> knownHosts, List<Login> logins, Map<String, String> registries) {
        this.sshKey = sshKey;
        this.knownHosts = knownHosts;
        this.logins = List.copyOf(logins);
        this.registries = new TreeMap<>(registries);
    }

    /** Opens nothing. */
    public static ModuleAccess none() {
        return new ModuleAccess(Optional.empty(), Optional.empty(), List.of(), Map.of());
    }

    /** A file that it names and that can't be read, as a sentence; empty where all can. */
    public Optional<String> problem() {
        List<Path> files = new ArrayList<>();
        sshKey.ifPresent(files::add);
        knownHosts.ifPresent(files::add);
        return files.stream()
                .filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
                .findFirst()
                .map(file -> "The file " + file + " of module_credentials is missing or can't be read");
    }

    /** What must not stand in a log. */
    public Secrets secrets() {
        return Secrets.builder()
                .addAll(registries.values())
                .addAll(logins.stream().map(Login::password).toList())
                .build();
    }

    /** Blocks for the CLI configuration of {@code init}. */
    String credentialsBlocks() {
        StringBuilder blocks = new StringBuilder();
        registries.forEach((host, token) -> blocks.append("credentials ")
                .append(ImplicitMirrors.quoted(host))
                .append(" {\n  token = ")
                .append(ImplicitMirrors.quoted(token))
                .append("\n}\n"));
        return blocks.toString();
    }

    /** The hosts whose registry token this names: a credentials block of the server user's own would be a second one. */
    java.util.Set<String> registryHosts() {
        return registries.keySet();
    }

    /**
     * Puts keys and logins into the workspace's HOME.
     *
     * @return further variables for {@code init}; Git and SSH never ask, since nobody would hear them
     */
    Map<String, String> lay(Workspace workspace) {
        if (!logins.isEmpty()) {
            StringBuilder netrc = new StringBuilder();
            logins.forEach(login -> netrc.append("machine ")
                    .append(login.host())
                    .append(" login ")
                    .append(login.name())
                    .append(" password ")
                    .append(login.password())
                    .append('\n'));
            PrivateFolders.write(netrc(workspace), netrc.toString().getBytes(StandardCharsets.UTF_8));
        }
        return Map.of("GIT_TERMINAL_PROMPT", "0", "GIT_SSH_COMMAND", ssh(workspace));
    }

    private String ssh(Workspace workspace) {
        if (sshKey.isEmpty()) {
            return "ssh -o BatchMode=yes";
        }
        PrivateFolders.write(key(workspace), content(sshKey.get()));
        knownHosts.ifPresent(file -> PrivateFolders.write(hosts(workspace), content(file)));
        Path trusted = knownHosts.isPresent() ? hosts(workspace) : Path.of("/dev/null");
        return "ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes"
                + " -o 'UserKnownHostsFile=\"" + trusted + "\"' -o GlobalKnownHostsFile=/dev/null -i '" + key(workspace)
                + "'";
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new TerraformException(
                    "The file " + file + " of module_credentials can't be read (" + e.getMessage() + ")", e);
        }
    }

    /** Takes all of it away again. */
    void remove(Workspace workspace) {
        for (Path file : List.of(netrc(workspace), key(workspace), hosts(workspace))) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new TerraformException(
                        "The file " + file + ", which opens private modules, can't be deleted; delete it by hand", e);
            }
        }
    }

    private static Path netrc(Workspace workspace) {
        return workspace.home().resolve(".netrc");
    }

    private static Path key(Workspace workspace) {
        return workspace.home().resolve("module-key");
    }

    private static Path hosts(Workspace workspace) {
        return workspace.home().resolve("module-hosts");
    }
}
