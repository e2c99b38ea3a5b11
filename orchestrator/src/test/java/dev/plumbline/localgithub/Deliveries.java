package dev.plumbline.localgithub;

import dev.plumbline.localforge.Faults;
import dev.plumbline.openapi.Description;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends what happens, signed, to whoever listens; each delivery once, whether or not it is taken. */
final class Deliveries implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final World world;
    private final Description description;
    private final Faults faults;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService sender = Executors.newSingleThreadExecutor();

    Deliveries(World world, Description description, Faults faults) {
        this.world = world;
        this.description = description;
        this.faults = faults;
    }

    /**
     * Something happened in a repository.
     *
     * @param event as it stands in {@code X-GitHub-Event}
     * @param body its action among it, where it has one
     */
    void send(Repository repository, String event, ObjectNode body) {
        repository.hooks().stream().filter(hook -> hook.wants(event)).forEach(hook -> sendTo(hook, event, body));
        world.appHooks(repository.owner()).forEach((hook, installation) -> {
            if (hook.wants(event)) {
                ObjectNode whole = body.deepCopy();
                whole.putObject("installation").put("id", installation).put("node_id", "i" + installation);
                sendTo(hook, event, whole);
            }
        });
    }

    /** Something is told to one listener alone. */
    void sendTo(Hook hook, String event, ObjectNode body) {
        String action = body.path("action").asString("");
        String name = (event + (action.isEmpty() ? "" : "-" + action)).replace('_', '-');
        Optional<Description.Message> message = description.webhook(name);
        if (message.isEmpty()) {
            faults.add("no webhook " + name + " is described");
            return;
        }
        JsonNode whole = message.get().completed(body);
        faults.addAll(message.get().faults(whole));
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(whole);
        sendTo(hook, UUID.randomUUID().toString(), event, bytes, false);
    }

    /** The same once more. */
    void again(Hook hook, Delivered first) {
        sendTo(hook, first.guid(), first.event(), first.body(), true);
    }

    private void sendTo(Hook hook, String guid, String event, byte[] body, boolean again) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hook.url()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "GitHub-Hookshot/local")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", guid)
                .header("X-GitHub-Hook-ID", String.valueOf(hook.id()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!hook.secret().isEmpty()) {
            request.header("X-Hub-Signature-256", "sha256=" + signature(body, hook.secret()));
        }
        sender.execute(() -> {
            int status = http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    .exceptionally(nobodyThere -> 502)
                    .join();
            synchronized (world) {
                world.delivered(
                        new Delivered(world.nextId(), guid, hook.id(), event, body, again, world.now(), status));
            }
        });
    }

    private static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
