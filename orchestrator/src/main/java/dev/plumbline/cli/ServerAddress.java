package dev.plumbline.cli;

import dev.plumbline.web.ServerFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
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
    private static final String SERVER_VARIABLE = "PLUMBLINE_SERVER";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What the options or the environment name, else the server that runs on the home. */
    static ServerAddress find(CliContext context) {
        Optional<URI> named = named(context);
        if (named.isPresent()) {
            return new ServerAddress(named.get(), tokenFor(named.get(), context));
        }
        Optional<String> token = token(context);
        Optional<URI> here = byPort(context);
        if (here.isPresent()) {
            return new ServerAddress(here.get(), token.orElseThrow());
        }
        OptionalInt port = context.options().port();
        ServerFile running = running(context.home());
        if (port.isPresent() && port.getAsInt() != running.url().getPort()) {
            // Another program may listen there; the token of this home's server is none of its business.
            throw CliException.error(
                    "The server of this home listens on " + running.url() + ", not on port " + port.getAsInt() + ".",
                    "Leave out --port, or give the other server's home or its token in " + TOKEN_VARIABLE + ".");
        }
        // Who names a token means it, also where the home holds a mightier one.
        return new ServerAddress(running.url(), token.orElse(running.token()));
    }

    /** The server at exactly that address, if that is the one that {@link #find} finds: its token is for no other. */
    static Optional<ServerAddress> at(URI asked, CliContext context) {
        Optional<URI> named = named(context).or(() -> byPort(context));
        boolean known = named.isPresent()
                ? ServerFile.sameServer(named.get(), asked)
                : read(context.home()).filter(file -> file.answersAt(asked)).isPresent();
        return known ? Optional.of(find(context)) : Optional.empty();
    }

    static boolean onThisMachine(URI address) {
        return LOOPBACK.contains(address.getHost());
    }

    private static Optional<URI> byPort(CliContext context) {
        OptionalInt port = context.options().port();
        return port.isPresent() && token(context).isPresent()
                ? Optional.of(URI.create("http://127.0.0.1:" + port.getAsInt()))
                : Optional.empty();
    }

    /** The server that is named by {@code --server}, else by the environment. */
    private static Optional<URI> named(CliContext context) {
        URI option = context.options().server();
        if (option != null) {
            return Optional.of(checked(option, "--server"));
        }
        String variable = context.environment().get(SERVER_VARIABLE);
        return context.options().port().isPresent() || variable == null || variable.isBlank()
                ? Optional.empty()
                : Optional.of(checked(parsed(variable.strip()), SERVER_VARIABLE));
    }

    private static Optional<String> token(CliContext context) {
        return Optional.ofNullable(context.environment().get(TOKEN_VARIABLE))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(ServerAddress::plain);
    }

    /** Sent as it is, it would end in an error that shows it. */
    private static String plain(String token) {
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw CliException.error(
                    "The token in " + TOKEN_VARIABLE
                            + " holds a space, a line break or another character that no token has.",
                    "Copy it once more, alone.");
        }
        return token;
    }

    @Override
    public String toString() {
        return "ServerAddress[" + url + "]";
    }

    private static Optional<ServerFile> read(Path home) {
        try {
            return ServerFile.read(home);
        } catch (UncheckedIOException e) {
            throw new CliException(
                    ExitStatus.ERROR,
                    String.valueOf(e.getMessage()) + ".",
                    "It is written by 'plumbline serve': start the server again as the same user.",
                    e);
        }
    }

    private static ServerFile running(Path home) {
        ServerFile found = read(home)
                .orElseThrow(() -> CliException.error(
                        "No server is running with the home " + home + ".",
                        "Start one with 'plumbline serve'; name the home of one that serves another with --home DIR or"
                                + " PLUMBLINE_HOME, or its address with --server URL."));
        // Asked before anything is sent: the port may be another program's by now.
        if (!found.alive()) {
            throw CliException.error(
                    "The server is down: process " + found.pid() + ", which " + ServerFile.in(home)
                            + " names, has ended.",
                    "Start it again with 'plumbline serve'; work that was under way goes on then.");
        }
        return found;
    }

    private static URI parsed(String typed) {
        try {
            return new URI(typed);
        } catch (URISyntaxException e) {
            throw notAnAddress(SERVER_VARIABLE, typed);
        }
    }

    private static URI checked(URI url, String where) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw notAnAddress(where, url.toString());
        }
        String text = url.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private static CliException notAnAddress(String where, String typed) {
        return new CliException(
                ExitStatus.USAGE,
                where + ": '" + typed + "' is not a server's address.",
                "Write it like https://plumbline.example.com.");
    }

    private static String tokenFor(URI url, CliContext context) {
        String token = token(context)
                .orElseThrow(() -> CliException.error(
                        "There is no token for " + url + ".",
                        "Set " + TOKEN_VARIABLE
                                + " to one of that server's: its admin makes it with 'plumbline token create NAME --role ROLE',"
                                + " the owner's stands in the file token in its home."));
        if ("http".equals(url.getScheme()) && !onThisMachine(url)) {
            context.terminal().error("plumbline: the token goes to " + url + " unencrypted; use https.");
        }
        return token;
    }
}
