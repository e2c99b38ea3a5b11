package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plumbline.MovedClock;
import dev.plumbline.RealParts;
import dev.plumbline.access.Role;
import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.GlobalOptions;
import dev.plumbline.cli.local.ServerSettings;
import dev.plumbline.cli.screen.Pace;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real server in a home of its own, the commands that people type at it, and a Terraform that can be held back: the real one
 * behind a script that writes down each call and waits while a test says so.
 */
final class ServerFixture implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private String moreConfiguration;
    private final String moreOfTerraform;
    private final MovedClock clock = new MovedClock();
    private volatile @Nullable Server server;

    /** @param exit the exit status */
    record Ended(int exit, String out, String err) {
        String all() {
            return out + err;
        }
    }

    private ServerFixture(Path folder, String moreConfiguration, String moreOfTerraform, Map<String, String> further) {
        this.folder = folder;
        this.moreOfTerraform = moreOfTerraform;
        environment.putAll(further);
        this.moreConfiguration = moreConfiguration;
        environment.put("PLUMBLINE_HOME", home().toString());
        environment.put("USER", "ada");
    }

    /** A server that runs, with defaults for everything. */
    static ServerFixture started(Path folder) {
        return started(folder, "");
    }

    /** @param moreConfiguration further keys of server.yaml */
    static ServerFixture started(Path folder, String moreConfiguration) {
        return started(folder, moreConfiguration, "", Map.of());
    }

    /**
     * @param moreOfTerraform further keys of server.yaml's {@code terraform}
     * @param further variables of the server's own environment
     */
    static ServerFixture started(
            Path folder, String moreConfiguration, String moreOfTerraform, Map<String, String> further) {
        GitClient.required();
        ServerFixture made = new ServerFixture(folder, moreConfiguration, moreOfTerraform, further);
        made.writeTerraform();
        made.start();
        return made;
    }

    /** Moves the server's clock, forwards or back. */
    void clockMoves(Duration by) {
        clock.moveBy(by);
    }

    /** Does something to the server's own database behind its back. */
    void sql(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home().resolve("plumbline.db"));
                Statement made = connection.createStatement()) {
            made.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number that a query of the server's own database gives. */
    long number(String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home().resolve("plumbline.db"));
                Statement made = connection.createStatement();
                ResultSet rows = made.executeQuery(query)) {
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Path home() {
        return folder.resolve("home");
    }

    Path folder() {
        return folder;
    }

    Server server() {
        return Optional.ofNullable(server).orElseThrow();
    }

    private Path configuration() {
        return folder.resolve("server.yaml");
    }

    /** Adds keys to server.yaml, for when it starts the next time. */
    ServerFixture configured(String further) {
        moreConfiguration += further;
        return this;
    }

    /** Starts it on its home. */
    void start() {
        Path file = configuration();
        write(
                file,
                "listen: 127.0.0.1:0\nhome: " + home() + "\nterraform: { path: " + folder.resolve("terraform")
                        + (moreOfTerraform.isEmpty() ? "" : ", " + moreOfTerraform) + " }\n"
                        + moreConfiguration);
        try {
            server = Server.start(ServerSettings.valid(file, environment), environment, clock);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tries to start another one on the same home. */
    void second() {
        try (Server another =
                Server.start(ServerSettings.valid(configuration(), environment), environment, Clock.systemUTC())) {
            throw new AssertionError("it runs at " + another.url());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it in order. */
    void stop() {
        Server running = server();
        running.close();
        server = null;
    }

    void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        releaseAll();
        if (server != null) {
            stop();
        }
    }

    private void writeTerraform() {
        String real = RealParts.terraform().toString();
        Path script = folder.resolve("terraform");
        write(script, """
                        #!/bin/sh
                        trap 'exit 143' TERM
                        for word in "$@"; do case $word in -*) ;; *) phase=$word; break ;; esac; done
                        echo "$phase $*" >> '%1$s/calls'
                        while [ -e '%1$s/hold-'"$phase" ] && grep -qF "$(cat '%1$s/hold-'"$phase")" <<EOF
                        $PWD $*
                        EOF
                        do sleep 0.05; done
                        exec '%2$s' "$@"
                        """.formatted(folder, real));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        write(folder.resolve("calls"), "");
    }

    /** From now on Terraform waits before that phase of stacks whose folder ends so, until released. */
    void hold(String phase, String folderPart) {
        write(folder.resolve("hold-" + phase), folderPart);
    }

    ServerFixture release(String phase) {
        try {
            Files.deleteIfExists(folder.resolve("hold-" + phase));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void releaseAll() {
        release("plan");
        release("apply");
    }

    /** How often Terraform was called for a phase. */
    long calls(String phase) {
        return read(folder.resolve("calls"))
                .lines()
                .filter(line -> line.startsWith(phase + " "))
                .count();
    }

    ServerFixture awaitsCalls(String phase, long number) {
        Awaitility.await(phase + " was called " + number + " times")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> calls(phase) == number);
        return this;
    }

    /** Waits until it has closed its door, having begun to stop. */
    ServerFixture awaitsNoAnswer() {
        URI url = server().url();
        Awaitility.await("no answer from " + url).atMost(LONGEST).until(() -> {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                return !socket.isConnected();
            } catch (ConnectException refused) {
                return true;
            }
        });
        return this;
    }

    /** Runs a command as a user would. */
    Ended cli(String... words) {
        return cliAs("ada", words);
    }

    /** Runs a command that must end well. */
    Ended does(String... words) {
        Ended ended = cli(words);
        assertThat(ended.exit()).as(ended.all()).isZero();
        return ended;
    }

    /** Runs a command that must fail. */
    Ended fails(String... words) {
        Ended ended = cli(words);
        assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
        return ended;
    }

    Ended cliAs(String user, String... words) {
        return cli(Map.of("USER", user), words);
    }

    private Ended cli(Map<String, String> more, String... words) {
        Map<String, String> own = new HashMap<>(environment);
        own.putAll(more);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext context = new CliContext(
                Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true)),
                own,
                folder,
                Clock.systemUTC(),
                Pace.real(),
                file -> Optional.empty(),
                new GlobalOptions());
        int exit = assertTimeoutPreemptively(LONGEST, () -> new Cli(context, Map.of()).run(words));
        return new Ended(exit, out.toString(), err.toString());
    }

    /** All that was written down of who did what, oldest first, as {@code actor kind subject: text}. */
    List<String> history() {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home().resolve("plumbline.db"));
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM history ORDER BY seq")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString("actor") + " " + rows.getString("kind") + " " + rows.getString("subject")
                        + ": " + rows.getString("text"));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody with a token of their own, made now. */
    Holder holder(String name, Role role) {
        return holder(name, role, "token", "create", name, "--role", role.word());
    }

    /** @param create the command that makes the token */
    Holder holder(String name, Role role, String... create) {
        Ended made = cli(create);
        assertThat(made.exit()).as(made.all()).isZero();
        return new Holder(name, role, made.out().strip());
    }

    /** Who has a token, and what they do with it; they can't read the server's home. */
    final class Holder {
        private final String name;
        private final Role role;
        private final String token;

        private Holder(String name, Role role, String token) {
            this.name = name;
            this.role = role;
            this.token = token;
        }

        String name() {
            return name;
        }

        Role role() {
            return role;
        }

        String token() {
            return token;
        }

        /** Runs a command as they would. */
        Ended cli(String... words) {
            return ServerFixture.this.cli(environment(), words);
        }

        /** What they have set, and what every program that they start sees. */
        Map<String, String> environment() {
            return Map.of(
                    "USER",
                    name,
                    "PLUMBLINE_HOME",
                    folder.resolve("nobodys-home").toString(),
                    "PLUMBLINE_SERVER",
                    server().url().toString(),
                    "PLUMBLINE_TOKEN",
                    token);
        }

        /** The address of a repository with their token in it. */
        String remote(String repository) {
            return server().url().toString().replaceFirst("://", "://" + name + ":" + token + "@") + "/git/"
                    + repository + ".git";
        }

        /** A checkout of their own of a repository, that pushes with their token. */
        Repo clone(String repository) {
            Path checkout = folder.resolve("checkout-" + repository + "-of-" + name);
            new GitClient(folder).run("clone", "-q", remote(repository), checkout.toString());
            return new Repo(new GitClient(checkout), () -> remote(repository));
        }

        /** What the API answers to them. */
        HttpResponse<String> get(String path) {
            return answer(path, token);
        }
    }

    /** What a listing prints as JSON. */
    JsonNode json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        Ended ended = cli(all.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.all()).isZero();
        return JsonMapper.shared().readTree(ended.out());
    }

    /** Where a stack stands; its folder is enough where no other repository has it. */
    String state(String stack) {
        for (JsonNode row : json("status").get("stacks")) {
            if (row.get("id").asString().equals(stack)
                    || row.get("folder").asString().equals(stack)) {
                return row.get("state").asString();
            }
        }
        return "unknown stack";
    }

    /** Waits until a stack stands there. */
    ServerFixture awaits(String stack, String state) {
        Awaitility.await(stack + " is " + state)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> state(stack), state::equals);
        return this;
    }

    /** Waits until a change stands there. */
    ServerFixture awaitsChange(int number, String state) {
        Awaitility.await("#" + number + " is " + state)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> changeState(number), state::equals);
        return this;
    }

    private String changeState(int number) {
        for (JsonNode change : json("changes", "--all", "--limit", "1000")) {
            if (change.get("number").asInt() == number) {
                return change.get("state").asString();
            }
        }
        return "not there";
    }

    /** Waits until a repository that lives elsewhere stands there. */
    ServerFixture awaitsRemote(String repository, String state) {
        Awaitility.await(repository + " is " + state)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> remoteState(repository), state::equals);
        return this;
    }

    private String remoteState(String repository) {
        for (JsonNode remote : json("status").get("remotes")) {
            if (remote.get("repository").asString().equals(repository)) {
                return remote.get("state").asString();
            }
        }
        return "not there";
    }

    /** Looks at all repositories that live elsewhere, as a person in a hurry would. */
    ServerFixture looksAgain() {
        Ended fetch = cli("fetch");
        assertThat(fetch.exit()).as(fetch.all()).isZero();
        return this;
    }

    /** Waits until a command prints something. */
    ServerFixture awaitsText(String text, String... words) {
        Awaitility.await(String.join(" ", words) + " prints " + text)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> cli(words).all(), all -> all.contains(text));
        return this;
    }

    /** All runs of a phase, newest first. */
    List<JsonNode> runs(String phase) {
        List<JsonNode> all = new ArrayList<>();
        json("runs").forEach(run -> {
            if (run.get("phase").asString().equals(phase)) {
                all.add(run);
            }
        });
        return all;
    }

    /** A request without the token, or with another one. */
    int status(String path, @Nullable String token) {
        return answer(path, token).statusCode();
    }

    /** What the owner is answered. */
    HttpResponse<String> owner(String path) {
        return answer(path, server().token().value());
    }

    private HttpResponse<String> answer(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server().url() + path)).timeout(LONGEST);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A checkout whose remote is this server's repository of that name. */
    Repo repo(String name) {
        return new Repo(GitClient.init(folder.resolve("checkout-" + name)), () -> server().remote(name));
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
