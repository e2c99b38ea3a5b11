package dev.plumbline.forge.http;

import dev.plumbline.forge.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The API of one forge, spoken with one set of credentials. */
public final class ForgeApi {
    private static final int MOST_PAGES = 200;

    private final Endpoint endpoint;
    private final Calls calls;
    private final ApiTroubles troubles;
    private volatile @Nullable JsonNode self;

    /** @param budget is told after each call how many are left, where the forge says so */
    public ForgeApi(Endpoint endpoint, Authorization authorization, Clock clock, LongConsumer budget) {
        this.endpoint = endpoint;
        this.calls = new Calls(endpoint, authorization, new Limits(clock, budget));
        this.troubles = new ApiTroubles(endpoint, authorization.setting(), "");
    }

    /** Asks for one thing. */
    public Answer<JsonNode> get(String path) {
        return calls.call("GET", path, Optional.empty()).then(reply -> taken(path, reply));
    }

    /** Who it is that speaks with these credentials, as the forge knows them: asked once, as that stays so. */
    public Answer<JsonNode> self() {
        JsonNode known = self;
        return known != null
                ? new Answer.Given<>(known)
                : get("/user").then(asked -> {
                    self = asked;
                    return new Answer.Given<>(asked);
                });
    }

    /** Asks for one thing that may not be there. */
    public Answer<Optional<JsonNode>> find(String path) {
        return calls.call("GET", path, Optional.empty()).then(reply -> takenWhereThere(path, reply));
    }

    /** Asks for one thing for the sake of a header that comes with it; empty where that is missing. */
    public Answer<Optional<String>> header(String path, String name) {
        return calls.call("GET", path, Optional.empty())
                .then(reply -> taken(path, reply)
                        .then(body -> new Answer.Given<>(reply.headers().firstValue(name))));
    }

    /**
     * Asks for a list, page by page, where a forge counts what is in it.
     *
     * @param path with its query, to which page and limit are added
     */
    public Answer<List<JsonNode>> list(String path, int limit) {
        List<JsonNode> all = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Answer<Reply> answer = page(path + joint(path) + "page=" + page + "&limit=" + limit);
            if (!(answer instanceof Answer.Given<Reply> reply)) {
                return new Answer.Failed<>(answer.failure().orElseThrow());
            }
            reply.value().body().forEach(all::add);
            // A forge may give fewer than it was asked for on each page, and some lists come whole whatever was asked
            // for.
            if (reply.value().body().isEmpty()
                    || all.size() >= reply.value().total().orElse(Long.MAX_VALUE)) {
                return new Answer.Given<>(all);
            }
        }
        return new Answer.Failed<>(troubles.tooLong(path, MOST_PAGES + " pages"));
    }

    /**
     * Asks for a list, page by page, where a forge names the next one by a link.
     *
     * @param path with its query, to which the length of a page is added
     */
    public Answer<List<JsonNode>> linked(String path, int perPage) {
        List<JsonNode> all = new ArrayList<>();
        String next = path + joint(path) + "per_page=" + perPage;
        for (int page = 1; page <= MOST_PAGES; page++) {
            Answer<Reply> answer = page(next);
            if (!(answer instanceof Answer.Given<Reply> reply)) {
                return new Answer.Failed<>(answer.failure().orElseThrow());
            }
            reply.value().body().forEach(all::add);
            Optional<String> link = reply.value().next();
            if (link.isEmpty()) {
                return new Answer.Given<>(all);
            }
            Optional<String> below = below(link.get());
            if (below.isEmpty()) {
                return new Answer.Failed<>(troubles.strayed(path, link.get()));
            }
            next = below.get();
        }
        return new Answer.Failed<>(troubles.tooLong(path, MOST_PAGES + " pages"));
    }

    private static String joint(String path) {
        return path.contains("?") ? "&" : "?";
    }

    /**
     * What of a link stands behind our base; empty where it leads elsewhere. Its host is not asked: a proxy may stand before it, and
     * the token is for ours.
     */
    private Optional<String> below(String link) {
        try {
            URI next = new URI(link);
            String folder = URI.create(endpoint.base()).getRawPath() + "/";
            return Optional.ofNullable(next.getRawPath())
                    .filter(path -> path.startsWith(folder))
                    .map(path -> path.substring(folder.length() - 1)
                            + Optional.ofNullable(next.getRawQuery())
                                    .map(query -> "?" + query)
                                    .orElse(""));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private Answer<Reply> page(String path) {
        return calls.call("GET", path, Optional.empty()).then(reply -> {
            if (!reply.good()) {
                return new Answer.Failed<>(troubles.of(path, reply));
            }
            return reply.body().isArray() ? new Answer.Given<>(reply) : new Answer.Failed<>(troubles.noList(path));
        });
    }

    /** Makes something. */
    public Answer<JsonNode> post(String path, Map<String, ?> body) {
        return calls.call("POST", path, Optional.of(body)).then(reply -> taken(path, reply));
    }

    /** Has something done that needs no words beyond its path. */
    public Answer<JsonNode> post(String path) {
        return calls.call("POST", path, Optional.empty()).then(reply -> taken(path, reply));
    }

    /** Puts something. */
    public Answer<JsonNode> put(String path, Map<String, ?> body) {
        return calls.call("PUT", path, Optional.of(body)).then(reply -> taken(path, reply));
    }

    /** Changes something; empty where it is not there any more. */
    public Answer<Optional<JsonNode>> patch(String path, Map<String, ?> body) {
        return calls.call("PATCH", path, Optional.of(body)).then(reply -> takenWhereThere(path, reply));
    }

    /** Takes something away; true also where it is not there any more. */
    public Answer<Boolean> delete(String path) {
        return calls.call("DELETE", path, Optional.empty())
                .then(reply -> takenWhereThere(path, reply))
                .then(gone -> new Answer.Given<>(true));
    }

    /** Puts something in place of what is there; empty where it is not there any more. */
    public Answer<Optional<JsonNode>> putOver(String path, Map<String, ?> body) {
        return calls.call("PUT", path, Optional.of(body)).then(reply -> takenWhereThere(path, reply));
    }

    /** Makes something that belongs to something else; empty where that is not there any more. */
    public Answer<Optional<JsonNode>> postTo(String path, Map<String, ?> body) {
        return calls.call("POST", path, Optional.of(body)).then(reply -> takenWhereThere(path, reply));
    }

    private Answer<JsonNode> taken(String path, Reply reply) {
        return reply.good() ? new Answer.Given<>(reply.body()) : new Answer.Failed<>(troubles.of(path, reply));
    }

    private Answer<Optional<JsonNode>> takenWhereThere(String path, Reply reply) {
        return reply.status() == 404
                ? new Answer.Given<>(Optional.empty())
                : taken(path, reply).then(body -> new Answer.Given<>(Optional.of(body)));
    }
}
