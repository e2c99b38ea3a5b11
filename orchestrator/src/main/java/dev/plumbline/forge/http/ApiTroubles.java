package dev.plumbline.forge.http;

import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.TerminalText;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** What went wrong with a call, where, and what to do. */
final class ApiTroubles {
    private static final int LONGEST_WORDS = 200;
    /** What each forge has: it is asked there who we are. */
    private static final Set<String> ALWAYS_THERE = Set.of("/user", "/app");

    private final Endpoint endpoint;
    private final String setting;
    private final Secrets secrets;

    /**
     * @param setting what has to be corrected where no credentials are taken
     * @param secret is masked in whatever the forge says
     */
    ApiTroubles(Endpoint endpoint, String setting, String secret) {
        this.endpoint = endpoint;
        this.setting = setting;
        this.secrets = Secrets.of(List.of(secret));
    }

    /** The answer is no. */
    Trouble of(String path, Reply reply) {
        String said = " (" + reply.words() + ")";
        return switch (reply.status()) {
            case 401 ->
                new Trouble(
                        Kind.CREDENTIALS,
                        at(path) + " refuses the " + setting + "; correct " + setting + " of the forge "
                                + endpoint.forge() + " in server.yaml and start the server again" + said);
            case 403 -> new Trouble(Kind.CREDENTIALS, forbidden(path, reply) + said);
            case 404 ->
                new Trouble(
                        Kind.GONE,
                        ALWAYS_THERE.contains(path)
                                ? "there is no " + at(path) + ", which a forge of that kind always has; " + address()
                                        + said
                                : "there is no " + at(path) + ", or the " + setting + " of the forge "
                                        + endpoint.forge() + " may not see it" + said);
            case 301, 302, 303, 307, 308 ->
                new Trouble(
                        Kind.REFUSED,
                        at(path) + " redirects elsewhere, which is not followed, so that the token stays with whom it"
                                + " is for; name the right url and repository in server.yaml");
            case 400, 405, 406, 409, 410, 413, 422, 423 ->
                new Trouble(Kind.REFUSED, at(path) + " does not take this: status " + reply.status() + said);
            default -> {
                String status = "status " + reply.status();
                yield new Trouble(
                        Kind.UNREACHABLE,
                        at(path) + " answers with " + status + (said.equals(" (" + status + ")") ? "" : said));
            }
        };
    }

    private String forbidden(String path, Reply reply) {
        Optional<String> wanted = reply.headers()
                .firstValue("X-Accepted-GitHub-Permissions")
                .filter(names -> !names.isBlank())
                .map(this::words);
        return "the " + setting + " of the forge " + endpoint.forge() + " may not do this at " + at(path) + "; "
                + wanted.map(names -> "give it the permission " + names.replace("; ", " or "))
                        .orElse("give its user or its scopes more rights");
    }

    /** We ask more than the forge lets us. */
    Trouble later(String path, Instant until) {
        return new Trouble(
                Kind.LIMITED,
                at(path) + " is asked too often: nothing is sent to the forge " + endpoint.forge() + " before "
                        + until.truncatedTo(ChronoUnit.SECONDS) + ", as it wishes",
                Optional.of(until));
    }

    Trouble unreachable(String path, IOException cause) {
        return new Trouble(
                Kind.UNREACHABLE,
                at(path) + " can't be reached: " + words(cause)
                        + (cause instanceof ConnectException || cause instanceof SSLException
                                ? "; if that lasts, " + address()
                                : ""));
    }

    Trouble cutShort(String path) {
        return new Trouble(Kind.UNREACHABLE, "the call of " + at(path) + " was cut short");
    }

    Trouble tooLong(String path, String what) {
        return new Trouble(Kind.REFUSED, at(path) + " gave more than " + what);
    }

    /** Without the pages that follow, whatever is read is not all. */
    Trouble strayed(String path, String link) {
        return new Trouble(
                Kind.REFUSED,
                at(path) + " names a next page that is not below " + at("") + ": " + words(link)
                        + "; let url of the forge " + endpoint.forge()
                        + " in server.yaml end like the external address that the forge is configured with, or correct"
                        + " that one");
    }

    Trouble noList(String path) {
        return new Trouble(Kind.REFUSED, at(path) + " gave no list");
    }

    Trouble notJson(String path, int status, String text) {
        return new Trouble(
                Kind.UNREACHABLE,
                at(path) + " did not answer in JSON, as a forge does, but with status " + status + "; " + address()
                        + ", or see what stands before it (" + words(text) + ")");
    }

    private String address() {
        return "correct url or kind of the forge " + endpoint.forge() + " in server.yaml";
    }

    private String at(String path) {
        return TerminalText.safeLine(endpoint.base() + path.replaceFirst("\\?.*", ""));
    }

    private String words(IOException cause) {
        if (cause instanceof ConnectException) {
            return "nothing answers there";
        }
        String message = cause.getMessage();
        if ("closed".equals(message)) {
            return "it hung up before its answer ended";
        }
        return words(
                message == null ? cause.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ") : message);
    }

    /** What a forge says, in one short line, without secrets and made harmless. */
    String words(String text) {
        String line = TerminalText.safeLine(secrets.masker().mask(text.strip().replaceAll("\\s+", " ")));
        return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS) + "…" : line;
    }
}
