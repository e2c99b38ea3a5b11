package dev.plumbline.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A program of its own for tests: starts a durable command, says so, and waits to be killed. */
final class DurableStarter {
    private DurableStarter() {}

    /** @param arguments the run folder, the working folder, the shell script to run */
    public static void main(String[] arguments) throws InterruptedException {
        DurableCommand.start(
                new Command(
                        Path.of("/bin/sh"),
                        List.of("-c", arguments[2]),
                        Path.of(arguments[1]),
                        Map.of("PATH", "/usr/bin:/bin", "TOKEN", "very-secret"),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5)),
                Path.of(arguments[0]));
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
