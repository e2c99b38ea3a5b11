package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Gitea on loopback, with a database and users of its own. */
public final class RealGitea implements AutoCloseable {
    private static final String VERSION = "1.26.0";
    private static final String ADMIN = "boss";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path program;
    private final Path folder;
    private final Path configuration;
    private final URI url;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token;

    private RealGitea(Path folder, String listeners) throws IOException {
        this.program = RealParts.gitea(VERSION);
        this.folder = folder;
        this.configuration = folder.resolve("app.ini");
        this.url = URI.create("http://127.0.0.1:" + freePort());
        Files.writeString(configuration, """
                RUN_USER = %1$s
                WORK_PATH = %2$s
                I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
                [server]
                HTTP_ADDR = 127.0.0.1
                HTTP_PORT = %3$d
                ROOT_URL = %4$s/
                DISABLE_SSH = true
                OFFLINE_MODE = true
                STATIC_ROOT_PATH = %5$s
                LFS_START_SERVER = false
                [database]
                DB_TYPE = sqlite3
                [security]
                INSTALL_LOCK = true
                SECRET_KEY = only-for-tests-0123456789
                PASSWORD_HASH_ALGO = pbkdf2$1000$20
                [service]
                DISABLE_REGISTRATION = true
                [webhook]
                ALLOWED_HOST_LIST = %6$s
                [cron]
                ENABLED = false
                [actions]
                ENABLED = false
                [indexer]
                ISSUE_INDEXER_TYPE = db
                [log]
                MODE = console
                LEVEL = Warn
                ROOT_PATH = %2$s
                logger.access.MODE = calls
                [log.calls]
                MODE = file
                LEVEL = Info
                FILE_NAME = calls.log
                """.formatted(
                        System.getProperty("user.name"), folder, url.getPort(), url, program.getParent(), listeners));
        this.process = begin(List.of("web"), "web.log");
        Awaitility.await("Gitea answers")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> call("GET", "/version", Map.of(), "").statusCode() == 200);
        String made = run(
                "admin",
                "user",
                "create",
                "--username",
                ADMIN,
                "--password",
                password(ADMIN),
                "--email",
                ADMIN + "@example.com",
                "--admin",
                "--must-change-password=false",
                "--access-token");
        this.token = made.replaceAll("(?s).*Access token was successfully created\\.*\\s*", "")
                .strip();
    }

    private static String password(String user) {
        return user + "-of-tests-1";
    }

    /** Starts one, and waits until it answers; the test is skipped, aloud, where there is none. */
    public static RealGitea started(Path folder) {
        return started(folder, "loopback");
    }

    /** @param listeners to whom webhooks may be sent, as its {@code ALLOWED_HOST_LIST} has it */
    public static RealGitea started(Path folder, String listeners) {
        try {
            return new RealGitea(Files.createDirectories(folder), listeners);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Process begin(List<String> words, String log) throws IOException {
        List<String> all = new ArrayList<>(List.of(program.toString(), "--config", configuration.toString()));
        all.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("GITEA_WORK_DIR", folder.toString());
        builder.environment().put("HOME", folder.toString());
        return builder.start();
    }

    private String run(String... words) {
        try {
            Path log = folder.resolve("admin.log");
            Process ended = begin(List.of(words), "admin.log");
            assertThat(ended.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(log);
            assertThat(ended.exitValue()).as(said).isZero();
            return said.strip();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The beginning of its addresses. */
    public URI url() {
        return url;
    }

    /** What lets its administrator do everything. */
    public String adminToken() {
        return token;
    }

    /** Somebody with an account and a token. */
    public Person person(String name) {
        does(
                "POST",
                "/admin/users",
                Map.of(
                        "username",
                        name,
                        "email",
                        name + "@example.com",
                        "password",
                        password(name),
                        "must_change_password",
                        false));
        return new Person(name, tokenOf(name, "all"));
    }

    private String tokenOf(String name, String... scopes) {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password(name)).getBytes(StandardCharsets.UTF_8));
        Map<String, ?> wanted = Map.of("name", "test " + UUID.randomUUID(), "scopes", List.of(scopes));
        return read(call("POST", "/users/" + name + "/tokens", wanted, basic))
                .path("sha1")
                .asString();
    }

    /** An empty repository of a person's, whose default branch is main. */
    public void repository(Person owner, String name) {
        owner.does("POST", "/user/repos", Map.of("name", name, "default_branch", "main"));
    }

    /** Asks as its administrator. */
    public JsonNode get(String path) {
        return read(call("GET", path, Map.of(), "token " + token));
    }

    /**
     * The HTML that it makes of a text.
     *
     * @param mode {@code comment} for what stands on pull requests, {@code gfm} for any other text
     * @param repository {@code owner/name}, whose issues and commits the text may refer to
     */
    public String rendered(String markdown, String mode, String repository) {
        HttpResponse<String> response = call(
                "POST",
                "/markdown",
                Map.of("Text", markdown, "Mode", mode, "Context", "/" + repository),
                "token " + token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** What its administrator's token was used for to write below a path of the API, each as method and path, oldest first. */
    public List<String> writes(String path) {
        Pattern call = Pattern.compile(
                " " + ADMIN + " .*\"((?:POST|PATCH|PUT|DELETE) /api/v1" + Pattern.quote(path) + "[^ ]*)");
        try (Stream<String> lines = Files.lines(folder.resolve("calls.log"))) {
            return lines.map(call::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something as its administrator. */
    public JsonNode does(String method, String path, Map<String, ?> body) {
        return read(call(method, path, body, "token " + token));
    }

    private static JsonNode read(HttpResponse<String> response) {
        assertThat(response.statusCode() / 100)
                .as(response + ": " + response.body())
                .isEqualTo(2);
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    /** @param authorization the header; empty for nobody's */
    private HttpResponse<String> call(String method, String path, Map<String, ?> body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who has an account there. */
    public final class Person {
        private final String name;
        private final String secret;

        private Person(String name, String secret) {
            this.name = name;
            this.secret = secret;
        }

        public String name() {
            return name;
        }

        public String token() {
            return secret;
        }

        /** Another token, for those scopes only. */
        public String token(String... scopes) {
            return tokenOf(name, scopes);
        }

        /** Where Git pushes to, with the token. */
        public String remote(String repository) {
            return url.toString().replaceFirst("://", "://" + name + ":" + secret + "@") + "/" + repository + ".git";
        }

        /** Does something as this person. */
        public JsonNode does(String method, String path, Map<String, ?> body) {
            return read(call(method, path, body, "token " + secret));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
