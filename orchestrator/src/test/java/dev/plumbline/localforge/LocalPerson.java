package dev.plumbline.localforge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who has an account on a forge of loopback, and uses its API like anybody else. */
public final class LocalPerson {
    private final URI url;
    private final String api;
    private final String name;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param url of the forge
     * @param api what stands before the paths of its API
     */
    public LocalPerson(URI url, String api, String name, String token) {
        this.url = url;
        this.api = api;
        this.name = name;
        this.token = token;
    }

    public String name() {
        return name;
    }

    public String token() {
        return token;
    }

    /** Where Git pushes to, with the token. */
    public String remote(String repository) {
        return url.toString().replaceFirst("://", "://" + name + ":" + token + "@") + "/" + repository + ".git";
    }

    /** Asks for something. */
    public JsonNode get(String path) {
        return does("GET", path, Map.of());
    }

    /** Does something; it must succeed. */
    public JsonNode does(String method, String path, Map<String, ?> body) {
        HttpResponse<String> response = tries(method, path, body);
        Assertions.assertThat(response.statusCode() / 100)
                .as(response + ": " + response.body())
                .isEqualTo(2);
        return response.body().isEmpty()
                ? JsonMapper.shared().nullNode()
                : JsonMapper.shared().readTree(response.body());
    }

    /** Does something, which may be refused. */
    public HttpResponse<String> tries(String method, String path, Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + api + path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(
                                        JsonMapper.shared().writeValueAsString(body)));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
