package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.RealParts;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A home, a server on it that comes and goes, and a repository that is pushed to it. */
final class Site implements AutoCloseable {
    private static final Pattern FIELD = Pattern.compile("\"(url|token)\"\\s*:\\s*\"([^\"]+)\"");

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String STORY = "SELECT folder || ' ' || state || ': ' || reason FROM intent";

    private final Path folder;
    private final Path home;
    private final List<String> options = new ArrayList<>(List.of("--port", "0"));
    private final List<String> prefix = new ArrayList<>();
    private final GitClient git;
    private final List<ServerProcess> servers = new ArrayList<>();

    Site(Path folder) {
        this(folder, folder.resolve("home"));
    }

    Site(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
        terraform();
        this.git = GitClient.init(folder.resolve("repository"));
    }

    /** The real Terraform; skips the test, aloud, where there is none. */
    static Path terraform() {
        return RealParts.terraform();
    }

    /** Puts a program before the server, such as one that limits what it may use. */
    Site under(String... program) {
        prefix.addAll(List.of(program));
        return this;
    }

    /**
     * Makes the server use a script in place of Terraform.
     *
     * @param script shell code that runs before the real program, with its arguments
     */
    Site withTerraform(String script) {
        Path wrapper = folder.resolve("terraform-wrapper");
        write(wrapper, "#!/bin/sh\n" + script + "\nexec " + terraform() + " \"$@\"\n");
        try {
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return configured("terraform: { path: " + wrapper + " }\n");
    }

    Site configured(String yaml) {
        write(folder.resolve("server.yaml"), yaml);
        options.addAll(List.of("--config", folder.resolve("server.yaml").toString()));
        return this;
    }

    ServerProcess start() {
        ServerProcess started = ServerProcess.start(home, prefix, options.toArray(String[]::new));
        servers.add(started);
        return started;
    }

    ServerProcess server() {
        return servers.get(servers.size() - 1);
    }

    Path home() {
        return home;
    }

    Ledger ledger() {
        return new Ledger(home);
    }

    GitClient git() {
        return git;
    }

    /** A file that tests and Terraform's provisioners share. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Shell code for a provisioner: says that it began, waits for the gate, says that it is done. */
    String gated(String name) {
        return "echo began >> " + file(name + ".began") + "; until [ -e " + file(name + ".gate")
                + " ]; do sleep 0.05; done; echo done >> " + file(name + ".done");
    }

    void openGate(String name) {
        write(file(name + ".gate"), "");
    }

    /** Lines of a shared file; none where it is missing. */
    List<String> lines(String name) {
        try {
            return Files.exists(file(name)) ? Files.readAllLines(file(name)) : List.of();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    GitClient.Ended tryPush(String... refs) {
        List<String> words = new ArrayList<>(List.of("push", "-o", "detach", server().remote("main")));
        words.addAll(List.of(refs));
        return git.tryRun(words.toArray(String[]::new));
    }

    void push(String... refs) {
        GitClient.Ended ended = tryPush(refs);
        assertThat(ended.exit()).as(ended.output()).isZero();
    }

    /** What {@code plumbline approve --all} and the like send. */
    String act(String action) {
        HttpResponse<String> answer =
                post(action, "{\"names\":[],\"all\":true,\"actor\":\"ann\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Sends something to the API. */
    HttpResponse<String> post(String path, byte[] body) {
        return send(path, "POST", HttpRequest.BodyPublishers.ofByteArray(body));
    }

    /** Reads something from the API. */
    HttpResponse<String> get(String path) {
        return send(path, "GET", HttpRequest.BodyPublishers.noBody());
    }

    private HttpResponse<String> send(String path, String method, HttpRequest.BodyPublisher body) {
        String file = read(home.resolve("server.json"));
        Matcher fields = FIELD.matcher(file);
        String url = "";
        String token = "";
        while (fields.find()) {
            if (fields.group(1).equals("url")) {
                url = fields.group(2);
            } else {
                token = fields.group(2);
            }
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .method(method, body)
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** Waits; where everything stands is in the failure. */
    void until(String what, Callable<Boolean> holds) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(holds.call())
                        .as("%s, while intents are %s", what, ledger().all(STORY))
                        .isTrue());
    }

    void untilIntents(String... expected) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(ledger().intents())
                        .as("%s", ledger().all(STORY))
                        .containsExactly(expected));
    }

    String log(String run) {
        return read(home.resolve("runs").resolve(run).resolve("log"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Living processes that work in the home or below it; a zombie is dead. */
    List<Long> processesInHome() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(Site::alive)
                .filter(pid -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))
                                .startsWith(home.toRealPath());
                    } catch (IOException goneOrNotOurs) {
                        return false;
                    }
                })
                .toList();
    }

    static boolean alive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException gone) {
            return false;
        }
    }

    /** The wrapper's pid of an apply, and that of Terraform under it. */
    long wrapperOf(String run) {
        String stat = read(home.resolve("runs").resolve(run).resolve("apply").resolve("pid"));
        return Long.parseLong(stat.substring(0, stat.indexOf(' ')));
    }

    static Stream<ProcessHandle> childrenOf(long pid) {
        return ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children);
    }

    /** What is left in {@code home/workspaces}. */
    List<Path> workspaces() {
        try (Stream<Path> all = Files.list(home.resolve("workspaces"))) {
            return all.toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Deletes what is left in {@code home/workspaces}. */
    void deleteWorkspaces() {
        try (Stream<Path> all = Files.walk(home.resolve("workspaces"))) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Stops everything that this site started, whatever the test left behind. */
    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
        processesInHome().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
