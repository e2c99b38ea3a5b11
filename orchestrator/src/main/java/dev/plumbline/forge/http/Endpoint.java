package dev.plumbline.forge.http;

import java.time.Duration;
import java.util.Map;

/**
 * Where an API is, and how it likes to be asked.
 *
 * @param forge its name in server.yaml
 * @param base the address that paths are put behind, without a slash at its end
 * @param headers that stand in each request
 * @param patience how long it may take to begin an answer, and again how long to end it
 */
public record Endpoint(String forge, String base, Map<String, String> headers, Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(30);

    public Endpoint {
        headers = Map.copyOf(headers);
    }

    /** One with the usual patience. */
    public Endpoint(String forge, String base, Map<String, String> headers) {
        this(forge, base, headers, USUAL);
    }
}
