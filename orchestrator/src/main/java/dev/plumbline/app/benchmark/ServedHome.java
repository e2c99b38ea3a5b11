package dev.plumbline.app.benchmark;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.web.ServerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, started as users start it: by the launcher. */
final class ServedHome implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Workbench bench;
    private final Path launcher;
    private final Path home;
    private final CancelSignal stop = new CancelSignal();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private final double readyMillis;

    /** Starts it, and waits until it serves. */
    ServedHome(Workbench bench, Path launcher, String name) throws InterruptedException {
        this.bench = bench;
        this.launcher = launcher;
        this.home = bench.folder().resolve(name);
        CountDownLatch serves = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        long began = System.nanoTime();
        double[] ready = new double[1];
        List<String> words = List.of(launcher.toString(), "serve", "--port", "0", "--home", home.toString());
        thread = new Thread(
                () -> {
                    var unused = bench.start(
                            bench.folder(),
                            words,
                            line -> {
                                said.add(line);
                                if (line.startsWith("Plumbline serves")) {
                                    ready[0] = (System.nanoTime() - began) / 1e6;
                                    serves.countDown();
                                }
                            },
                            stop);
                    ended.countDown();
                    serves.countDown();
                },
                "served");
        thread.start();
        if (!serves.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || ended.getCount() == 0) {
            throw new BenchmarkFailed("the server did not start:\n" + String.join("\n", said));
        }
        readyMillis = ready[0];
    }

    /** From its start until it said that it serves. */
    double readyMillis() {
        return readyMillis;
    }

    /** Where to push to, with the token. */
    String remote() {
        ServerFile file = file();
        return file.url().toString().replaceFirst("://", "://plumbline:" + file.token() + "@") + "/git/main.git";
    }

    ServerFile file() {
        return ServerFile.read(home).orElseThrow(() -> new BenchmarkFailed("no server runs on " + home));
    }

    /** A command of the program against this server. */
    Workbench.Ended plumbline(String... words) {
        List<String> all = new ArrayList<>(List.of(launcher.toString()));
        all.addAll(List.of(words));
        all.addAll(List.of("--home", home.toString()));
        return bench.run(bench.folder(), all);
    }

    /** Memory of its process that is in the machine's, in MB of a million bytes; not a number where the system doesn't say. */
    double residentMegabytes() {
        Path status = Path.of("/proc/" + file().pid() + "/status");
        try {
            Matcher found = RESIDENT.matcher(Files.readString(status));
            return found.find() ? Long.parseLong(found.group(1)) * 1024 / 1e6 : Double.NaN;
        } catch (java.nio.file.NoSuchFileException notLinux) {
            return Double.NaN;
        } catch (IOException cause) {
            throw new UncheckedIOException("can't read " + status, cause);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop.cancel();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
}
