package dev.plumbline.forge.hook;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.Marker;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Database;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes deliveries in: proves who sent them, and writes down what has to be looked at before it answers. */
public final class HookDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookDoor.class);

    /** So many repositories that nobody named are told of: a webhook of a whole organisation sends of all that it has. */
    private static final int STRANGERS = 100;

    private final Map<String, ForgeConfig> forges;
    private final Remotes remotes;
    private final DeliveryBook book;
    private final InstantSource clock;
    private final Map<HookCount, LongAdder> counts = new HashMap<>();

    /** By forge: deliveries that nobody proved to be its own, since the last one that was. */
    private final Map<String, AtomicLong> refused = new ConcurrentHashMap<>();

    private final Set<String> strangers = ConcurrentHashMap.newKeySet();

    /** @param clock tells how old a delivery is that carries its own time */
    public HookDoor(
            List<ForgeConfig> forges, Remotes remotes, LookRequests looks, Database database, InstantSource clock) {
        this.forges = forges.stream().collect(Collectors.toUnmodifiableMap(ForgeConfig::name, forge -> forge));
        this.remotes = remotes;
        this.book = new DeliveryBook(database, looks);
        this.clock = clock;
        for (HookAnswer answer : HookAnswer.values()) {
            counts.put(new HookCount(HookCount.NOBODY, HookCount.NOBODY, answer), new LongAdder());
            this.forges.keySet().forEach(forge -> counts.put(unknown(forge, answer), new LongAdder()));
            remotes.all().stream()
                    .filter(remote -> answer.ofKnownRepository()
                            && remote.forge().webhookSecret().isPresent())
                    .forEach(remote -> counts.put(about(remote, answer), new LongAdder()));
        }
    }

    /** How many deliveries were answered so since the server started. */
    public Map<HookCount, LongSupplier> counts() {
        return counts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()::sum));
    }

    /** What a person should see to, a sentence each: deliveries of a forge that are all refused. */
    public List<String> troubles() {
        return refused.entrySet().stream()
                .filter(forge -> forge.getValue().get() > 0)
                .map(forge -> refusal(forge.getKey(), forge.getValue().get()))
                .sorted()
                .toList();
    }

    private String refusal(String forge, long deliveries) {
        boolean dated = Objects.requireNonNull(forges.get(forge)).kind() == ForgeConfig.Kind.GITLAB;
        return "webhooks of the forge " + forge + " are refused (" + deliveries
                + " since the last good one): they are not"
                + " signed with webhook_secret of server.yaml"
                + (dated ? ", or are dated more than five minutes off" : "")
                + "; plumbline forge check " + forge + " says what to do";
    }

    /** Takes one in. */
    HookAnswer receive(String forge, HookHeaders headers, byte[] body) {
        return counted(decide(forge, headers, body));
    }

    /** Refuses one whose body is larger than any that a forge sends. */
    HookAnswer refuseLarge(String forge) {
        return counted(unknown(forge, HookAnswer.TOO_LARGE));
    }

    private HookAnswer counted(HookCount which) {
        Objects.requireNonNull(counts.get(which)).increment();
        return which.answer();
    }

    private HookCount unknown(String forge, HookAnswer answer) {
        return new HookCount(forges.containsKey(forge) ? forge : HookCount.NOBODY, HookCount.NOBODY, answer);
    }

    private static HookCount about(Remote remote, HookAnswer answer) {
        return new HookCount(remote.forge().name(), remote.repository(), answer);
    }

    private HookCount decide(String name, HookHeaders headers, byte[] body) {
        ForgeConfig forge = forges.get(name);
        if (forge == null || forge.webhookSecret().isEmpty()) {
            return unknown(name, HookAnswer.NO_SUCH_FORGE);
        }
        HookDialect dialect = dialect(forge);
        if (!dialect.genuine(headers, body, forge.webhookSecret().get())) {
            if (refused.computeIfAbsent(name, forged -> new AtomicLong()).incrementAndGet() == 1) {
                LOG.warn("{}", refusal(name, 1));
            }
            return unknown(name, HookAnswer.NOT_GENUINE);
        }
        refused.remove(name);
        Optional<JsonNode> read = read(body);
        if (read.isEmpty()) {
            return unknown(name, HookAnswer.MALFORMED);
        }
        Optional<String> path = dialect.repository(read.get());
        Optional<Remote> remote = path.flatMap(at -> remotes.at(name, at));
        // What we write ourselves is no news to us.
        if (!dialect.ofInterest(headers)
                || dialect.said(read.get()).filter(Marker::begins).isPresent()) {
            return remote.map(one -> about(one, HookAnswer.NOT_OF_INTEREST))
                    .orElseGet(() -> unknown(name, HookAnswer.NOT_OF_INTEREST));
        }
        if (path.isEmpty()) {
            return unknown(name, HookAnswer.MALFORMED);
        }
        if (remote.isEmpty()) {
            stranger(name, TerminalText.safeLine(path.get()));
            return unknown(name, HookAnswer.UNKNOWN_REPOSITORY);
        }
        return about(
                remote.get(),
                book.record(name, dialect.delivery(headers), remote.get().repository()));
    }

    /** Once for each of them. */
    private void stranger(String forge, String path) {
        if (strangers.size() < STRANGERS && strangers.add(forge + " " + path)) {
            LOG.warn(
                    "the forge {} sends what happens in {}, which is none of 'repositories' in server.yaml; name it"
                            + " there, or remove the webhook",
                    forge,
                    path);
        }
    }

    /** Forgets deliveries of long ago. To be called now and then. */
    public void forget() {
        book.forget();
    }

    @Override
    public void close() {
        book.close();
    }

    private HookDialect dialect(ForgeConfig forge) {
        return switch (forge.kind()) {
            case GITEA -> new GiteaHooks();
            case GITHUB -> new GitHubHooks();
            case GITLAB -> new GitLabHooks(clock);
            case GIT -> throw new IllegalStateException("plain Git sends nothing");
        };
    }

    private static Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.of(JsonMapper.shared().readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }
}
