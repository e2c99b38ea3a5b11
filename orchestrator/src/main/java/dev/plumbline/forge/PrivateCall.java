package dev.plumbline.forge;

import dev.plumbline.config.ForgeConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one call of Git needs to be let in: a folder of mode 700 for the time of the call, with the credentials in files. So they
 * stand in no argument, no variable and no repository's configuration. Nobody is ever asked anything.
 */
final class PrivateCall implements AutoCloseable {
    private static final String HELPER = "\"!f() { test \\\"$1\\\" = get && cat \\\"$PLUMBLINE_CREDENTIAL\\\"; }; f\"";
    private static final List<String> INHERITED = List.of(
            "PATH",
            "http_proxy",
            "https_proxy",
            "HTTPS_PROXY",
            "all_proxy",
            "ALL_PROXY",
            "no_proxy",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "CURL_CA_BUNDLE",
            "GIT_SSL_CAINFO",
            "GIT_SSL_CAPATH");

    private final Path folder;
    private final Remote remote;
    private final Optional<GitLogin> login;
    private final Map<String, String> environment = new HashMap<>();

    private PrivateCall(Path folder, Remote remote, Optional<GitLogin> login) {
        this.folder = folder;
        this.remote = remote;
        this.login = login;
    }

    /**
     * @param below the folder in which such folders are made
     * @param login for http and https
     * @param server the server's own environment
     */
    static PrivateCall open(Path below, Remote remote, Optional<GitLogin> login, Map<String, String> server)
            throws IOException {
        Files.createDirectories(
                below, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PrivateCall call = new PrivateCall(
                Files.createTempDirectory(
                        below,
                        "call",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
                remote,
                login);
        call.lay(server);
        return call;
    }

    Path folder() {
        return folder;
    }

    /** Everything that Git gets. */
    Map<String, String> environment() {
        return environment;
    }

    private void lay(Map<String, String> server) throws IOException {
        INHERITED.forEach(
                name -> Optional.ofNullable(server.get(name)).ifPresent(value -> environment.put(name, value)));
        environment.put("HOME", folder.toString());
        environment.put("LC_ALL", "C");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put(
                "GIT_CONFIG_GLOBAL", file("config", "rw-------", config()).toString());
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ALLOW_PROTOCOL", "file:http:https:ssh");
        switch (remote.forge().transport()) {
            case HTTP -> layPassword();
            case SSH -> laySsh(server);
            case PATH -> {}
        }
    }

    private String config() {
        StringBuilder text = new StringBuilder("[http]\n\tlowSpeedLimit = 1000\n\tlowSpeedTime = 30\n");
        // A forge could send us to any address that this machine can reach.
        text.append("\tfollowRedirects = false\n");
        if (login.isPresent()) {
            // Only for this server.
            text.append("[credential ")
                    .append(quoted(origin()))
                    .append("]\n\thelper = ")
                    .append(HELPER)
                    .append('\n');
        }
        if (remote.forge().transport() == ForgeConfig.Transport.PATH) {
            String path = remote.address().replaceFirst("(?i)^file://", "");
            // It may belong to another user; server.yaml names it, so it is trusted.
            for (String suffix : List.of("", "/.git", ".git", ".git/.git")) {
                text.append("[safe]\n\tdirectory = ")
                        .append(quoted(path + suffix))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private void layPassword() throws IOException {
        if (login.isPresent()) {
            String text = "username=" + login.get().username() + "\npassword="
                    + login.get().password() + "\n";
            environment.put(
                    "PLUMBLINE_CREDENTIAL",
                    file("credential", "rw-------", text).toString());
        }
    }

    private void laySsh(Map<String, String> server) throws IOException {
        StringBuilder words = new StringBuilder("exec ssh -o BatchMode=yes -o StrictHostKeyChecking=yes"
                + " -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4");
        Optional<String> key = remote.forge().sshKey();
        if (key.isPresent()) {
            // The substitution of ${file:…} takes the last line's end away, without which OpenSSH refuses a key.
            file("key", "rw-------", key.get() + "\n");
            words.append(" -F /dev/null -o IdentitiesOnly=yes -i key");
        } else {
            Optional.ofNullable(server.get("SSH_AUTH_SOCK"))
                    .ifPresent(agent -> environment.put("SSH_AUTH_SOCK", agent));
        }
        Optional<String> hosts = remote.forge().knownHosts();
        if (hosts.isPresent()) {
            file("known_hosts", "rw-------", hosts.get() + "\n");
            words.append(" -o UserKnownHostsFile=known_hosts -o GlobalKnownHostsFile=/dev/null");
        }
        Path script = file("ssh", "rwx------", "#!/bin/sh\ncd \"${0%/*}\" || exit 1\n" + words + " \"$@\"\n");
        environment.put("GIT_SSH", script.toString());
        environment.put("GIT_SSH_VARIANT", "ssh");
    }

    private String origin() {
        URI address = URI.create(remote.address());
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private Path file(String name, String mode, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        Files.writeString(file, text, StandardOpenOption.WRITE);
        return file;
    }

    @Override
    public void close() throws IOException {
        sweep(folder);
    }

    /** Removes a folder and all that is in it; one that isn't there, too. */
    static void sweep(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
