package dev.plumbline.git.server;

import dev.plumbline.git.Mirrors;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What a Git client asks for over HTTP.
 *
 * @param repository a valid name
 * @param what {@code info/refs} or one of the two services
 */
record GitRequest(HttpServletRequest http, String repository, String what) {
    static final String UPLOAD = "git-upload-pack";
    static final String RECEIVE = "git-receive-pack";
    private static final Pattern PATH = Pattern.compile("/(.+)\\.git/(info/refs|" + UPLOAD + "|" + RECEIVE + ")");

    /** User and password as HTTP Basic carries them. */
    record Credentials(String user, String password) {}

    /**
     * @throws RefusedRequest where the path names no repository
     */
    static GitRequest parse(HttpServletRequest http) {
        Matcher path = PATH.matcher(path(http));
        if (!path.matches() || Mirrors.faultOf(path.group(1)).isPresent()) {
            throw new RefusedRequest(
                    404, "a repository is at /git/NAME.git, its name made of letters, digits and . _ - /");
        }
        return new GitRequest(http, path.group(1), path.group(2));
    }

    /** Empty where there are none, or none that can be read. */
    Optional<Credentials> credentials() {
        String header = http.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] pair = Base64.getDecoder().decode(header.substring(6).strip());
            String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? Optional.of(new Credentials(parts[0], parts[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Which service an advertisement is asked for; empty for none. Git never writes it in escapes. */
    String service() {
        String query = Optional.ofNullable(http.getQueryString()).orElse("");
        return Stream.of(query.split("&"))
                .filter(each -> each.startsWith("service="))
                .map(each -> each.substring("service=".length()))
                .findFirst()
                .orElse("");
    }

    /** What it is the first or the second half of. */
    AccessCheck.Wish wish() {
        return what.equals(RECEIVE) || service().equals(RECEIVE) ? AccessCheck.Wish.PUSH : AccessCheck.Wish.CLONE;
    }

    /** What the client says of its protocol, such as {@code version=2}. */
    List<String> parameters() {
        String header = http.getHeader("Git-Protocol");
        return header == null ? List.of() : List.of(header.split(":"));
    }

    /**
     * The body of a request to a service, unzipped.
     *
     * @throws RefusedRequest where it is not what Git sends to that service
     */
    InputStream body() throws IOException {
        if (!("application/x-" + what + "-request").equals(http.getContentType())) {
            throw new RefusedRequest(415, "not a request of a Git client");
        }
        String encoding =
                Optional.ofNullable(http.getHeader("Content-Encoding")).orElse("identity");
        return switch (encoding) {
            case "identity" -> http.getInputStream();
            case "gzip", "x-gzip" -> new GZIPInputStream(http.getInputStream());
            default -> throw new RefusedRequest(415, "only gzip is known as content encoding");
        };
    }

    private static String path(HttpServletRequest http) {
        try {
            return Optional.ofNullable(http.getPathInfo()).orElse("");
        } catch (IllegalArgumentException e) {
            // Jetty's word for an encoding that could mean two paths
            throw new RefusedRequest(400, "the path is ambiguous");
        }
    }
}
