package dev.plumbline.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * For what Git wants a user and a password, as it writes that to a helper: one {@code key=value} a line, ended by an empty one
 * (Git's documentation, {@code git-credential}).
 *
 * @param protocol such as {@code https}
 * @param host with its port, where the remote's address names one
 * @param user that the remote's address names; empty where it names none
 */
record GitCredential(String protocol, String host, Optional<String> user) {

    /** Keys that are not known here are passed over, as the protocol asks. */
    static GitCredential read(InputStream in) {
        Map<String, String> given = new HashMap<>();
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    given.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GitCredential(
                given.getOrDefault("protocol", ""),
                given.getOrDefault("host", ""),
                Optional.ofNullable(given.get("username")).filter(user -> !user.isEmpty()));
    }

    /** Where Git is about to send them; empty where that is no web server. */
    Optional<URI> address() {
        if (!protocol.equals("http") && !protocol.equals("https")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(protocol + "://" + host)).filter(address -> address.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
