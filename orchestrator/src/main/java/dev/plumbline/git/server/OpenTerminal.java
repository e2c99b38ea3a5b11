package dev.plumbline.git.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.ReceivePack;

/** The terminal of one push, kept alive by a thread of its own until it is closed. */
final class OpenTerminal implements PushTerminal, AutoCloseable {
    private final ReceivePack pack;
    private final ClientStream client;
    private final ScheduledExecutorService pulse;

    OpenTerminal(ReceivePack pack, ClientStream client, Duration keepAlive) {
        this.pack = pack;
        this.client = client;
        this.pulse = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "git push keep-alive");
            thread.setDaemon(true);
            return thread;
        });
        // without the side band there is no channel that a client would ignore
        if (pack.isSideBand()) {
            long millis = keepAlive.toMillis();
            pulse.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void println(String line) {
        synchronized (pack) {
            pack.sendMessage(line);
            flush();
        }
    }

    @Override
    public boolean gone() {
        return client.gone();
    }

    @Override
    public void close() {
        pulse.shutdownNow();
        // a beat on its way holds the stream's lock, so nothing comes after this
        flush();
    }

    private void flush() {
        try {
            if (pack.getMessageOutputStream() != null) {
                pack.getMessageOutputStream().flush();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a forgiving stream threw", e);
        }
    }

    private void beat() {
        try {
            client.keepAlive();
        } catch (IOException e) {
            throw new IllegalStateException("a forgiving stream threw", e);
        }
    }
}
