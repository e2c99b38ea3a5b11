package dev.plumbline.app;

import dev.plumbline.config.ListenAddress;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.process.SearchPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes once through what a server does at its start, and through what a short command does, and ends. The launcher runs it after
 * a build so that Java can note which classes that takes and have them ready from then on.
 */
final class Rehearsal {
    private static final List<String> ASKED = List.of("/", "/api/v1/stacks", "/api/v1/status", "/healthz");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        dev.plumbline.cli.Rehearsal.run();
        if (SearchPath.parse(System.getenv().getOrDefault("PATH", ""))
                .find("terraform")
                .isPresent()) {
            serve();
        }
        // Whatever a part of the server left running must not hold up the launcher.
        System.exit(0);
    }

    /** Only where Terraform is here: a server without one would download it first. */
    private static void serve() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("plumbline-rehearsal-");
        ServerConfig config =
                ServerConfig.defaults(folder.resolve("home")).listeningAt(new ListenAddress("127.0.0.1", 0));
        try (Server server = Server.start(config, System.getenv(), Clock.systemUTC())) {
            for (String path : ASKED) {
                ask(server, path);
            }
        } catch (RuntimeException unable) {
            // A convenience, like the whole: what was gone through until then starts faster all the same.
        } finally {
            delete(folder);
        }
    }

    private static void ask(Server server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + server.token().value())
                .build();
        var unused = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
