package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import dev.plumbline.app.ServerFixture.Holder;
import dev.plumbline.git.GitClient;
import dev.plumbline.stack.ShellWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real Git gets the token from the program, and nobody else gets to see it. */
class CredentialIT {
    @TempDir
    private Path folder;

    /** The value of {@code credential.URL.helper}, as {@code serve} prints it. */
    private static String helper(String... options) {
        List<String> words = new ArrayList<>(OwnCommand.words(System.getProperties()));
        words.add("git-credential");
        words.addAll(List.of(options));
        return "!" + ShellWord.line(words);
    }

    private static GitClient checkout(ServerFixture plumbline, String name, String helper) {
        GitClient git = GitClient.init(plumbline.folder().resolve(name));
        git.write("stacks/a/main.tf", "resource \"terraform_data\" \"it\" {}\n").commit("First");
        git.run("config", "credential." + plumbline.server().url() + ".helper", helper);
        git.run("remote", "add", "plumbline", plumbline.server().url() + "/git/main.git");
        return git;
    }

    /** The command lines of all processes of this machine that can be read. */
    private static List<String> commandLines() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<String> lines = new ArrayList<>();
            processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .forEach(process -> lines.add(read(process.resolve("cmdline"))));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    private static String everythingIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            StringBuilder all = new StringBuilder();
            files.filter(Files::isRegularFile)
                    .forEach(file -> all.append(read(file)).append('\n'));
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "command lines of processes are read from /proc")
    void a_push_finds_the_owners_token_by_the_home_and_it_stands_nowhere_else() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            GitClient git = checkout(
                    plumbline, "mine", helper("--home", plumbline.home().toString()));
            String token = plumbline.server().token().value();
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing pushing =
                    new Repo(git, () -> "plumbline").pushing("main").says("stacks/a: ");

            List<String> running = commandLines();
            plumbline.release("plan");
            pushing.succeeds();

            assertThat(running).anyMatch(line -> line.startsWith("git\0push\0plumbline"));
            assertThat(running).noneMatch(line -> line.contains(token));
            assertThat(everythingIn(git.folder())).doesNotContain(token);
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
        }
    }

    @Test
    void a_token_of_the_environment_is_for_the_server_of_the_environment() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Holder ada = plumbline.holder("ada", Role.PUSH);
            GitClient git = checkout(plumbline, "hers", helper()).with(ada.environment());

            Repo.Pushed push = new Repo(git, () -> "plumbline").push("main");

            assertThat(push.exit()).as(push.output()).isZero();
            assertThat(plumbline.history()).anyMatch(line -> line.startsWith("ada main main: moved to"));
        }
    }

    @Test
    void no_other_address_is_ever_given_the_token() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Holder ada = plumbline.holder("ada", Role.PUSH);
            int port = plumbline.server().url().getPort();
            GitClient git = GitClient.init(folder.resolve("any"));
            GitClient owners =
                    git.with(Map.of("PLUMBLINE_HOME", plumbline.home().toString()));
            GitClient adas = git.with(ada.environment());

            assertThat(ask(owners, "http", "127.0.0.1:" + port))
                    .contains("password=" + plumbline.server().token().value() + "\n");
            assertThat(ask(owners, "https", "127.0.0.1:" + port)).doesNotContain("password=");
            assertThat(ask(owners, "http", "evil.example:" + port)).doesNotContain("password=", "plumbline:");
            assertThat(ask(owners, "http", "localhost:" + port))
                    .doesNotContain("password=")
                    .contains("no token is known here for http://localhost:" + port, "as 'plumbline serve' prints it");
            assertThat(ask(adas, "http", "127.0.0.1:" + port)).contains("password=" + ada.token() + "\n");
            assertThat(ask(adas, "http", "127.0.0.1:1")).doesNotContain("password=");
        }
    }

    /** What real Git comes to know from the helper, and what it prints. */
    private static String ask(GitClient git, String protocol, String host) {
        return git.tryRun(
                        "-c",
                        "credential.helper=" + helper(),
                        "-c",
                        "alias.ask=!printf 'protocol=" + protocol + "\\nhost=" + host + "\\n\\n' | git credential fill",
                        "ask")
                .output();
    }

    @Test
    void a_server_that_is_down_is_named_and_git_gets_no_token() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            String home = plumbline.home().toString();
            String url = plumbline.server().url().toString();
            String file = ServerFixture.read(plumbline.home().resolve("server.json"));
            plumbline.stop();
            ServerFixture.write(
                    plumbline.home().resolve("server.json"), file.replaceFirst("\"pid\":\\d+", "\"pid\":999999999"));
            GitClient git = GitClient.init(folder.resolve("any")).with(Map.of("PLUMBLINE_HOME", home));

            assertThat(ask(git, "http", url.replace("http://", "")))
                    .contains("The server is down")
                    .doesNotContain("password=");
            plumbline.start();
        }
    }

    @Test
    void started_by_its_launcher_it_names_the_launcher_else_java_itself() {
        Properties properties = new Properties();
        properties.setProperty("java.home", "/jdk");
        properties.setProperty("java.class.path", "/opt/plumbline.jar");
        assertThat(ShellWord.line(OwnCommand.words(properties)))
                .isEqualTo("/jdk/bin/java -cp /opt/plumbline.jar dev.plumbline.app.Plumbline");

        properties.setProperty("plumbline.launcher", "/opt/my tools/plumbline");
        assertThat(ShellWord.line(OwnCommand.words(properties))).isEqualTo("'/opt/my tools/plumbline'");
    }
}
