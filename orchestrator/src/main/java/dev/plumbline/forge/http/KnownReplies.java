package dev.plumbline.forge.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last answers that had an ETag, so that what has not changed is neither sent nor counted again. */
final class KnownReplies {
    /** Pages of lists, of which a repository that is polled needs a few. */
    private static final int MOST = 200;

    private final Map<String, Reply> byPath = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reply> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Reply> of(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    synchronized void keep(String path, Reply reply) {
        if (reply.status() == 200 && reply.headers().firstValue("ETag").isPresent()) {
            byPath.put(path, reply);
        }
    }
}
