package dev.plumbline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request, one answer. On {@link HttpURLConnection}: the newer client takes ten times as long to get ready (some 300 ms),
 * mostly for TLS that a server on this machine doesn't speak.
 */
final class Http {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration READ_LIMIT = Duration.ofMinutes(2);

    /** What came back, whatever its status. */
    record Answer(int status, byte[] body) {
        @Override
        public String toString() {
            return "Answer[status=" + status + ", " + body.length + " bytes]";
        }
    }

    private Http() {}

    /**
     * Sends it once: redirects are not followed, since the token is for this server, and a lost POST is not repeated.
     *
     * @param body JSON to go with it; null for none
     */
    static Answer send(String method, URI address, String token, byte @Nullable [] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        connection.setReadTimeout((int) READ_LIMIT.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestMethod(method);
        try {
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                // Of a fixed length, a request is never sent a second time by itself.
                connection.setFixedLengthStreamingMode(body.length);
                connection.getOutputStream().write(body);
            }
            return answer(connection);
        } catch (HttpRetryException e) {
            // How the connection says 401 to a request that it may not repeat.
            return new Answer(e.responseCode(), new byte[0]);
        }
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status >= HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getErrorStream()
                : connection.getInputStream()) {
            return new Answer(status, in == null ? new byte[0] : in.readAllBytes());
        }
    }
}
