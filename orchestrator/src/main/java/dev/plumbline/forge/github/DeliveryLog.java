package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection.Sent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What GitHub wrote down of a webhook's deliveries, the newest first.
 *
 * @param at the list's path
 */
record DeliveryLog(ForgeApi api, String at) {
    private static final int NEWEST = 30;
    /** It is written down within a second or two. */
    private static final int LOOKS = 40;

    /** Those of late. */
    Answer<List<JsonNode>> newest() {
        return api.get(at + "?per_page=" + NEWEST)
                .then(list -> new Answer.Given<>(list.valueStream().toList()));
    }

    static Set<Long> ids(List<JsonNode> deliveries) {
        Set<Long> ids = new HashSet<>();
        deliveries.forEach(delivery -> ids.add(delivery.path("id").asLong()));
        return ids;
    }

    /** What became of a delivery that was not there before, once it is. */
    Answer<Sent> awaited(Set<Long> before, Predicate<JsonNode> wanted, Runnable pause) {
        for (int look = 0; look < LOOKS; look++) {
            pause.run();
            Answer<List<JsonNode>> answer = newest();
            if (!(answer instanceof Answer.Given<List<JsonNode>> all)) {
                return new Answer.Failed<>(answer.failure().orElseThrow());
            }
            Optional<JsonNode> made = all.value().stream()
                    .filter(one -> !before.contains(one.path("id").asLong()) && wanted.test(one))
                    .findFirst();
            if (made.isPresent()) {
                return new Answer.Given<>(sent(made.get()));
            }
        }
        return new Answer.Given<>(new Sent.Undelivered("GitHub took note of no delivery"));
    }

    private static Sent sent(JsonNode delivery) {
        int status = delivery.path("status_code").asInt(0);
        // Where nobody answered, it is what a gateway would say.
        return status == 0 || status >= 500
                ? new Sent.Undelivered(delivery.path("status").asString("no answer"))
                : new Sent.Answered(status);
    }
}
