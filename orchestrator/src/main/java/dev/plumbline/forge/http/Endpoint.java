package dev.plumbline.forge.http;

import java.util.Map;

/**
 * Where an API is, and how it likes to be asked.
 *
 * @param forge its name in server.yaml
 * @param base the address that paths are put behind, without a slash at its end
 * @param headers that stand in each request
 */
public record Endpoint(String forge, String base, Map<String, String> headers) {
    public Endpoint {
        headers = Map.copyOf(headers);
    }
}
