package dev.plumbline.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Deliveries that nobody signed, one after the other for as long as it is open: those of another repository, say. */
final class Noise implements AutoCloseable {
    private final URI target;
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread sender = new Thread(this::send, "noise");

    private Noise(URI target) {
        this.target = target;
    }

    /** Gives it once the first was answered. */
    static Noise at(String target) throws InterruptedException {
        Noise noise = new Noise(URI.create(target));
        noise.sender.start();
        noise.begun.await();
        return noise;
    }

    /** The statuses that came back so far. */
    Set<Integer> answers() {
        return Set.copyOf(answers);
    }

    private void send() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest unsigned = HttpRequest.newBuilder(target)
                .header("X-Gitea-Event", "push")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                answers.add(client.send(unsigned, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
                begun.countDown();
            }
        } catch (IOException gone) {
            answers.add(-1);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            begun.countDown();
        }
    }

    @Override
    public void close() throws InterruptedException {
        sender.interrupt();
        sender.join();
    }
}
