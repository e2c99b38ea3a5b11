package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.process.CommandResult;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.TerminalText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells from what Git says, in English, whose it is to mend. */
final class Troubles {
    private static final int LONGEST = 300;
    private static final String AGAIN = " in server.yaml and start the server again";
    private static final Pattern REDIRECT = Pattern.compile("returned error: 30\\d");

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
        if (any(low, "file too large")) {
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
        if (REDIRECT.matcher(low).find()) {
            return new Trouble(
                    Kind.REFUSED,
                    at() + " redirects elsewhere, which is not followed, so that credentials stay with whom they are"
                            + " for; 'git ls-remote " + remote.address() + "' prints where to: name that in server.yaml"
                            + " if it is right");
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
        String forge = remote.forge().name();
        String what = switch (remote.forge().transport()) {
            case HTTP ->
                remote.forge().token().isPresent()
                        ? "refuses the token; correct token of the forge " + forge + AGAIN
                        : remote.forge().app().given()
                                ? "does not let the App in; give it the permission contents=read and the repository"
                                : remote.forge().password().isPresent()
                                        ? "refuses the user name or password; correct username and password of the forge "
                                                + forge + AGAIN
                                        : "wants credentials, and server.yaml has none: give the forge " + forge
                                                + " a token, or username and password";
            case SSH ->
                (remote.forge().sshKey().isPresent()
                                ? "does not let ssh_key of the forge " + forge + " in"
                                : "does not let the keys of the server's user in, and the forge " + forge
                                        + " has no ssh_key")
                        + "; add its public half there";
            case PATH -> "can't be read by the server's user; give that user the right to";
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
