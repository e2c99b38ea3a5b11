package dev.plumbline.cli;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.cli.screen.Pace;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.ApiJson;
import dev.plumbline.web.Views;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes once through what a short command does, against a server of a few lines on loopback, for {@code app.Rehearsal}. */
public final class Rehearsal {
    private static final Instant THEN = Instant.EPOCH;

    private Rehearsal() {}

    /** Does it all, once. */
    public static void run() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = new ApiJson().write(status());
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            run("--version");
            run("status", "--server", url);
            run("status", "--json", "--server", url);
        } finally {
            server.stop(0);
        }
    }

    private static void run(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CliContext context = new CliContext(
                Terminal.plain(nowhere, nowhere),
                Map.of("PLUMBLINE_TOKEN", "rehearsal"),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                Pace.real(),
                file -> Optional.empty(),
                new GlobalOptions());
        new Cli(context, Map.of()).run(arguments);
    }

    private static Views.Status status() {
        Views.Stack stack = new Views.Stack(
                "stacks/a", "main", "stacks/a", "applied", "Applied.", "0000000", THEN, 0, THEN, List.of());
        Views.Run run = new Views.Run(
                "r1", "stacks/a", "main", "plan", "planning", "Pushed.", "0000000", 1L, "#1", null, THEN, THEN, null);
        return new Views.Status(
                "0",
                "http://127.0.0.1",
                THEN,
                List.of(stack),
                List.of(),
                List.of(run),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
