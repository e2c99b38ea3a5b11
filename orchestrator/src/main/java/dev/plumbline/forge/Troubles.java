package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.process.CommandResult;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.TerminalText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells from what Git says, in English, whose it is to mend. */
final class Troubles {
    private static final int LONGEST = 300;

    private final Remote remote;

    Troubles(Remote remote) {
        this.remote = remote;
    }

    /** What a call that did not end well ran into. */
    Trouble of(CommandResult result) {
        if (result instanceof CommandResult.NotStarted here) {
            return new Trouble(Kind.HERE, here.reason());
        }
        if (result instanceof CommandResult.TimedOut) {
            return new Trouble(Kind.UNREACHABLE, at() + " took too long to answer; its call was ended");
        }
        if (result instanceof CommandResult.Cancelled) {
            return new Trouble(Kind.UNREACHABLE, "the look at " + at() + " was cut short");
        }
        return told(((CommandResult.Exited) result).errorTail());
    }

    private Trouble told(String said) {
        String low = said.toLowerCase(Locale.ROOT);
        if (any(low, "died of signal 25", "file size limit exceeded", "file too large")) {
            return new Trouble(
                    Kind.REFUSED,
                    at() + " sends more than push.max_size allows; raise it in server.yaml if that is right");
        }
        if (any(low, "host key verification failed", "remote host identification has changed")) {
            return new Trouble(
                    Kind.CREDENTIALS,
                    "the host key of " + at() + " is not one that known_hosts holds; compare it with what the server's"
                            + " admin says before you add it (ssh-keyscan prints it)");
        }
        if (any(low, "redirect") && any(low, "unable to update url base")) {
            return new Trouble(
                    Kind.REFUSED, at() + " redirects elsewhere; write the address it leads to into server.yaml");
        }
        if (any(
                low,
                "authentication failed",
                "permission denied",
                "could not read username",
                "could not read password",
                "returned error: 403",
                "returned error: 401",
                "access denied")) {
            return new Trouble(Kind.CREDENTIALS, credentials(said));
        }
        if (any(low, "returned error: 404", "not found", "does not appear to be a git repository", "no such file")) {
            return new Trouble(
                    Kind.GONE,
                    "there is no repository at " + at()
                            + ", or its credentials may not see it; correct url, name or path" + " in server.yaml: "
                            + words(said));
        }
        if (any(low, "fsck", "bad object", "invalid index-pack", "missing object", "corrupt")) {
            return new Trouble(Kind.REFUSED, at() + " sent what Git calls broken: " + words(said));
        }
        return new Trouble(Kind.UNREACHABLE, at() + " can't be reached: " + words(said));
    }

    private String credentials(String said) {
        String what = switch (remote.forge().transport()) {
            case HTTP ->
                remote.forge().token().isPresent()
                        ? "refuses the token"
                        : remote.forge().password().isPresent()
                                ? "refuses the user name or password"
                                : "wants credentials, and server.yaml has none: give token, or username and password";
            case SSH -> "does not let this key in";
            case PATH -> "can't be read by the server's user";
        };
        return at() + " " + what + ": " + words(said);
    }

    private String at() {
        return remote.shown();
    }

    /** The lines in which Git says what went wrong; what the other side said comes along, made harmless. */
    private String words(String said) {
        Secrets secrets =
                Secrets.of(Stream.of(remote.forge().password(), remote.forge().token())
                        .flatMap(java.util.Optional::stream)
                        .toList());
        List<String> lines =
                said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        List<String> telling = lines.stream()
                .filter(line -> line.matches("(?i)(fatal|error|remote|ssh|git@.*): .*|.*permission denied.*"))
                .toList();
        String all =
                TerminalText.safeLine(secrets.masker().mask(String.join("; ", telling.isEmpty() ? lines : telling)));
        return all.length() > LONGEST ? all.substring(0, LONGEST) + "…" : all.isEmpty() ? "no reason was given" : all;
    }

    private static boolean any(String text, String... parts) {
        return Stream.of(parts).anyMatch(text::contains);
    }
}
