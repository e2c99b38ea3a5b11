package dev.plumbline.cli;

import dev.plumbline.web.ServerFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where the server answers, and the token that opens it.
 *
 * @param url without a slash at its end
 */
record ServerAddress(URI url, String token) {
    private static final String TOKEN_VARIABLE = "PLUMBLINE_TOKEN";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What the options name, else the server that runs on the home. */
    static ServerAddress find(CliContext context) {
        GlobalOptions options = context.options();
        URI named = options.server();
        if (named != null) {
            return new ServerAddress(checked(named), tokenFor(named, context));
        }
        OptionalInt port = options.port();
        String token = context.environment().get(TOKEN_VARIABLE);
        if (port.isPresent() && token != null) {
            return new ServerAddress(URI.create("http://127.0.0.1:" + port.getAsInt()), token);
        }
        ServerFile running = running(context.home());
        if (port.isPresent() && port.getAsInt() != running.url().getPort()) {
            // Another program may listen there; the token of this home's server is none of its business.
            throw CliException.error(
                    "The server of this home listens on " + running.url() + ", not on port " + port.getAsInt() + ".",
                    "Leave out --port, or give the other server's home or its token in " + TOKEN_VARIABLE + ".");
        }
        return new ServerAddress(running.url(), running.token());
    }

    @Override
    public String toString() {
        return "ServerAddress[" + url + "]";
    }

    private static ServerFile running(Path home) {
        Optional<ServerFile> file;
        try {
            file = ServerFile.read(home);
        } catch (UncheckedIOException e) {
            throw new CliException(
                    ExitStatus.ERROR,
                    String.valueOf(e.getMessage()) + ".",
                    "It is written by 'plumbline serve': start the server again as the same user.",
                    e);
        }
        ServerFile found = file.orElseThrow(() -> CliException.error(
                "No server is running with the home " + home + ".",
                "Start one with 'plumbline serve', or name one with --server URL."));
        // Asked before anything is sent: the port may be another program's by now.
        if (!found.alive()) {
            throw CliException.error(
                    "The server is down: process " + found.pid() + ", which " + ServerFile.in(home)
                            + " names, has ended.",
                    "Start it again with 'plumbline serve'; work that was under way goes on then.");
        }
        return found;
    }

    private static URI checked(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw new CliException(
                    ExitStatus.USAGE,
                    "--server: '" + url + "' is not a server's address.",
                    "Write it like https://plumbline.example.com.");
        }
        String text = url.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private static String tokenFor(URI url, CliContext context) {
        String token = context.environment().get(TOKEN_VARIABLE);
        if (token == null || token.isBlank()) {
            throw CliException.error(
                    "There is no token for " + url + ".",
                    "Set " + TOKEN_VARIABLE
                            + " to that server's access token: it stands in the file token in its home.");
        }
        if ("http".equals(url.getScheme()) && !LOOPBACK.contains(url.getHost())) {
            context.terminal().error("plumbline: the token goes to " + url + " unencrypted; use https.");
        }
        return token.strip();
    }
}
