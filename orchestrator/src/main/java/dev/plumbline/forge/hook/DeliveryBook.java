package dev.plumbline.forge.hook;

import dev.plumbline.forge.LookRequests;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Deliveries that were taken in, so that one that is sent again is known; the only writer of their table. Each is on the disk before
 * it is answered: those that arrive while another is written are written together, since the disk is what takes time.
 */
final class DeliveryBook implements AutoCloseable {
    /** Forges send again within hours, if at all. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final int AT_ONCE = 500;

    private final Database database;
    private final LookRequests looks;
    private final Queue<Arrival> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "deliveries");
        thread.setDaemon(true);
        return thread;
    });

    DeliveryBook(Database database, LookRequests looks) {
        this.database = database;
        this.looks = looks;
    }

    /** @param delivery what names it; empty where the forge names none */
    private record Arrival(
            String forge, Optional<String> delivery, String repository, CompletableFuture<HookAnswer> answer) {}

    /** Writes one down, and that its repository has to be looked at. */
    HookAnswer record(String forge, Optional<String> delivery, String repository) {
        Arrival mine = new Arrival(forge, delivery, repository, new CompletableFuture<>());
        waiting.add(mine);
        // Whatever was written before may have taken this one along: then there is nothing left to write.
        writer.execute(this::write);
        return mine.answer().join();
    }

    private void write() {
        List<Arrival> all = new ArrayList<>();
        for (Arrival next = waiting.poll(); next != null; next = all.size() < AT_ONCE ? waiting.poll() : null) {
            all.add(next);
        }
        if (all.isEmpty()) {
            return;
        }
        try {
            List<HookAnswer> answers = database.write(transaction -> written(transaction, all));
            for (int i = 0; i < all.size(); i++) {
                all.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException failed) {
            all.forEach(arrival -> arrival.answer().completeExceptionally(failed));
        }
    }

    private List<HookAnswer> written(Transaction transaction, List<Arrival> all) {
        List<HookAnswer> answers = new ArrayList<>();
        Map<String, Integer> heard = new LinkedHashMap<>();
        for (Arrival arrival : all) {
            boolean again = arrival.delivery()
                    .filter(delivery -> !first(transaction, arrival.forge(), delivery))
                    .isPresent();
            answers.add(again ? HookAnswer.REPEATED : HookAnswer.TAKEN);
            if (!again) {
                heard.merge(arrival.repository(), 1, Integer::sum);
            }
        }
        heard.forEach((repository, times) -> looks.hint(transaction, repository, times));
        return answers;
    }

    private static boolean first(Transaction transaction, String forge, String delivery) {
        return transaction
                        .handle()
                        .createUpdate("""
                                INSERT INTO hook_delivery (forge, delivery, at) VALUES (:forge, :delivery, :now)
                                ON CONFLICT (forge, delivery) DO NOTHING
                                """)
                        .bind("forge", forge)
                        .bind("delivery", delivery)
                        .bind("now", transaction.now().toEpochMilli())
                        .execute()
                == 1;
    }

    /** Forgets those of long ago. */
    void forget() {
        database.change(transaction -> transaction
                .handle()
                .execute(
                        "DELETE FROM hook_delivery WHERE at < ?",
                        transaction.now().minus(REMEMBERED).toEpochMilli()));
    }

    /** What was taken in by then is written. */
    @Override
    public void close() {
        writer.shutdown();
    }
}
