package dev.plumbline.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** States: looked at by whoever may read, taken out and changed by admins only. */
final class StateRoutes {
    /** A state of 10,000 resources has about 30 MB. */
    private static final int MAX_STATE_MEBIBYTES = 256;
    /** Of a state that is too large: bytes beyond the limit, and time, after which its sender is cut off. */
    private static final long MOST_DISCARDED = 1L << 30;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A state is held in memory a few times over while it is taken in, and others have work to do, too. */
    private static final int SHARE_OF_MEMORY = 8;

    private final StateOperations states;
    private final ApiJson json;
    private final RequestReader reader;

    StateRoutes(StateOperations states, ApiJson json, RequestReader reader) {
        this.states = states;
        this.json = json;
        this.reader = reader;
    }

    void addTo(RoutesConfig routes, String base) {
        routes.get(base + "/state", this::show, Needs.READ);
        routes.get(base + "/state/addresses", this::addresses, Needs.READ);
        routes.get(base + "/state/versions", this::versions, Needs.READ);
        routes.get(base + "/state/raw", this::pull, Needs.ADMIN);
        routes.post(base + "/state/push", this::push, Needs.ADMIN);
        for (Views.StateAction action : Views.StateAction.values()) {
            String path = base + "/state/" + action.name().toLowerCase(Locale.ROOT);
            routes.post(path, context -> change(context, action), Needs.ADMIN);
        }
    }

    private String stack(Context context) {
        return reader.required(context, "stack");
    }

    private void show(Context context) {
        Optional<String> address = Optional.ofNullable(context.queryParam("address"));
        answer(context, states.show(stack(context), address, Requester.of(context)));
    }

    private void addresses(Context context) {
        answer(context, states.addresses(stack(context), Requester.of(context)));
    }

    private void versions(Context context) {
        answer(context, states.versions(stack(context), Integer.MAX_VALUE, Requester.of(context)));
    }

    private void pull(Context context) {
        byte[] state = states.pull(stack(context), reader.flag(context, "errored"), Requester.of(context));
        context.contentType("application/json").result(state);
    }

    private void push(Context context) {
        boolean errored = reader.flag(context, "errored");
        Optional<byte[]> content = errored ? Optional.empty() : Optional.of(body(context));
        answer(context, states.push(stack(context), content, reader.flag(context, "force"), Requester.of(context)));
    }

    private void change(Context context, Views.StateAction action) {
        answer(context, states.change(action, reader.stateAsk(context), Requester.of(context)));
    }

    private static byte[] body(Context context) {
        long memory = Runtime.getRuntime().maxMemory() >> 20;
        int mebibytes = (int) Math.max(1, Math.min(MAX_STATE_MEBIBYTES, memory / SHARE_OF_MEMORY));
        int most = mebibytes << 20;
        // Counted while reading: a length may be missing or a lie.
        try (InputStream in = context.req().getInputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length <= most) {
                return bytes;
            }
            discard(in);
        } catch (IOException e) {
            throw new BadRequestException(400, "The state did not arrive whole.", "Send it again.");
        }
        throw new BadRequestException(
                413,
                "The state has more than " + mebibytes + " MiB, which is the most that is taken.",
                mebibytes == MAX_STATE_MEBIBYTES
                        ? "Split the stack, or give it a backend of its own."
                        : "It is an eighth of the server's memory (" + memory
                                + " MiB): start the server with more, for example PLUMBLINE_JAVA_OPTS=-Xmx4g, or split"
                                + " the stack.");
    }

    /**
     * Reads on and throws away: a connection that is closed while its client still sends is reset, and most clients then never
     * read the answer. Bounded, since whoever sends without end shall not keep a thread.
     */
    private static void discard(InputStream in) throws IOException {
        byte[] piece = new byte[1 << 16];
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long rest = MOST_DISCARDED; rest > 0 && System.nanoTime() < end; ) {
            int got = in.read(piece);
            if (got < 0) {
                return;
            }
            rest -= got;
        }
    }

    private void answer(Context context, Object value) {
        context.contentType("application/json").result(json.write(value));
    }
}
