package dev.plumbline.forge.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last answers that had an ETag, so that what has not changed is neither sent nor counted again; as many as there is room for.
 * Of a question that names a time, only the one of the last time: while nothing happens it is asked again and again, and afterwards
 * never.
 */
final class KnownReplies {
    private static final Pattern TIME = Pattern.compile("([?&](?:since|updated_after)=)[^&]*");

    private final long room;
    private final Map<String, Known> byQuestion = new LinkedHashMap<>(16, 0.75f, true);
    private long taken;

    private record Known(String path, Reply reply, long bytes) {}

    /** @param room in bytes, as the answers were sent */
    KnownReplies(long room) {
        this.room = room;
    }

    synchronized Optional<Reply> of(String path) {
        return Optional.ofNullable(byQuestion.get(question(path)))
                .filter(known -> known.path().equals(path))
                .map(Known::reply);
    }

    /** @param bytes how long the answer was */
    synchronized void keep(String path, Reply reply, long bytes) {
        if (reply.status() != 200 || reply.headers().firstValue("ETag").isEmpty()) {
            return;
        }
        Optional.ofNullable(byQuestion.remove(question(path))).ifPresent(before -> taken -= before.bytes());
        byQuestion.put(question(path), new Known(path, reply, bytes));
        taken += bytes;
        Iterator<Known> eldest = byQuestion.values().iterator();
        while (taken > room && eldest.hasNext()) {
            taken -= eldest.next().bytes();
            eldest.remove();
        }
    }

    private static String question(String path) {
        return TIME.matcher(path).replaceAll("$1");
    }
}
