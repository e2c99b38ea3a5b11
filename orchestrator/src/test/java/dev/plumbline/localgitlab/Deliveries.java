package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Faults;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.gitlab4j.api.webhook.MergeRequestEvent;
import org.gitlab4j.api.webhook.NoteEvent;
import org.gitlab4j.api.webhook.PushEvent;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends what happens to whoever listens, and nothing more to those who refused it several times in a row. */
final class Deliveries implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ALGORITHM = "HmacSHA256";

    /** With what another client reads them. */
    private static final Map<String, Class<?>> MODELS = Map.of(
            "Push Hook", PushEvent.class, "Note Hook", NoteEvent.class, "Merge Request Hook", MergeRequestEvent.class);

    private final World world;
    private final String url;
    private final Faults faults;
    private final SecondOpinion opinion = new SecondOpinion();
    private final Map<Long, Integer> failures = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService sender = Executors.newSingleThreadExecutor();

    Deliveries(World world, String url, Faults faults) {
        this.world = world;
        this.url = url;
        this.faults = faults;
    }

    boolean silent(Hook hook) {
        return failures.getOrDefault(hook.id(), 0) >= Hook.MOST_FAILURES;
    }

    /** @param event as it stands in {@code X-Gitlab-Event} */
    void send(Project project, String event, ObjectNode body) {
        project.hooks().stream()
                .filter(hook -> hook.wants(event) && !silent(hook))
                .forEach(hook -> sendTo(hook, event, body));
    }

    /** Something is told to one listener alone. */
    void sendTo(Hook hook, String event, ObjectNode body) {
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
        faults.addAll(opinion.faults(MODELS.getOrDefault(event, Object.class), bytes));
        String delivery = UUID.randomUUID().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hook.url()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "GitLab/local")
                .header("X-Gitlab-Event", event)
                .header("X-Gitlab-Instance", url)
                .header("X-Gitlab-Event-UUID", UUID.randomUUID().toString())
                .header("Idempotency-Key", delivery)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
        if (!hook.token().isEmpty()) {
            request.header("X-Gitlab-Token", hook.token());
        }
        if (!hook.signing().isEmpty()) {
            String timestamp = String.valueOf(world.now().getEpochSecond());
            request.header("webhook-id", delivery)
                    .header("webhook-timestamp", timestamp)
                    .header("webhook-signature", "v1," + signature(hook, delivery + "." + timestamp + ".", bytes));
        }
        HttpRequest ready = request.build();
        sender.execute(() -> http.sendAsync(ready, HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> heard(hook, response.statusCode()))
                .exceptionally(nobodyThere -> null)
                .join());
    }

    private void heard(Hook hook, int status) {
        if (status / 100 == 4) {
            failures.merge(hook.id(), 1, Integer::sum);
        } else {
            failures.remove(hook.id());
        }
    }

    private static String signature(Hook hook, String before, byte[] body) {
        try {
            byte[] key = Base64.getDecoder().decode(hook.signing().substring("whsec_".length()));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(before.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
