package dev.plumbline.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.RealParts;
import dev.plumbline.git.GitClient;
import dev.plumbline.process.CancelSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private modules over real HTTP and real SSH: init opens them, and nothing that opens them is left for plans. */
class ModuleAccessTest {
    private static final String PASSWORD = "opens-the-modules";

    @TempDir
    Path folder;

    private Path module = Path.of("/");
    private Optional<HttpServer> web = Optional.empty();
    private Optional<Process> sshd = Optional.empty();

    @BeforeEach
    void make_the_module() {
        GitClient git = GitClient.init(folder.resolve("module"));
        git.write("main.tf", "output \"said\" { value = \"from the private module\" }\n");
        git.commit("A module");
        module = folder.resolve("module.git");
        git.run("clone", "-q", "--bare", ".", module.toString());
        new GitClient(module).run("update-server-info");
    }

    @AfterEach
    void stop() {
        web.ifPresent(server -> server.stop(0));
        sshd.ifPresent(Process::destroyForcibly);
    }

    @Test
    void a_module_over_http_is_opened_by_its_login_and_by_nothing_else() throws Exception {
        String source = "git::http://127.0.0.1:" + serveHttp() + "/module.git";
        ModuleAccess access = new ModuleAccess(
                Optional.empty(),
                Optional.empty(),
                List.of(new ModuleAccess.Login("127.0.0.1", "plumbline", PASSWORD)),
                Map.of());
        assertThat(initialised(source, ModuleAccess.none())).isInstanceOf(Initialisation.Failed.class);
        assertThat(initialised(source, access)).isInstanceOf(Initialisation.Initialised.class);
        assertThat(access.secrets().strings()).contains(PASSWORD);
        assertNothingIsLeft();
    }

    @Test
    void a_module_over_ssh_is_opened_by_its_key_where_the_host_is_known() throws Exception {
        Path program = RealParts.require(
                "sshd",
                Optional.of(Path.of("/usr/sbin/sshd")).filter(Files::isExecutable),
                "apt-get install openssh-server");
        Path key = key("module key");
        Path host = key("host");
        int port = serveSsh(program, key, host);
        String source =
                "git::ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + module.toAbsolutePath();
        Path known = Files.writeString(
                folder.resolve("known hosts"), "[127.0.0.1]:" + port + " " + Files.readString(Path.of(host + ".pub")));

        ModuleAccess unknownHost = new ModuleAccess(Optional.of(key), Optional.empty(), List.of(), Map.of());
        assertThat(initialised(source, unknownHost))
                .isInstanceOfSatisfying(
                        Initialisation.Failed.class,
                        failed -> assertThat(failed.diagnostics()).asString().contains("Host key verification failed"));
        ModuleAccess access = new ModuleAccess(Optional.of(key), Optional.of(known), List.of(), Map.of());
        assertThat(initialised(source, access)).isInstanceOf(Initialisation.Initialised.class);
        assertNothingIsLeft();
    }

    @Test
    void a_file_that_is_missing_is_named() {
        Path none = folder.resolve("none");
        assertThat(new ModuleAccess(Optional.of(none), Optional.empty(), List.of(), Map.of()).problem())
                .contains("The file " + none + " of module_credentials is missing or can't be read");
    }

    private Initialisation initialised(String source, ModuleAccess access) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HOME", folder.toString());
        Bench bench = new Bench(
                folder.resolve("home"),
                environment,
                new TerraformBinary(
                        RealParts.terraform(), TerraformVersion.of("1.11.4"), TerraformBinary.Product.TERRAFORM),
                access,
                new ChildEnvironment(environment));
        bench.write("main.tf", "module \"it\" { source = \"" + source + "\" }\n");
        return bench.cli.initialise(
                bench.workspace,
                new InitialisationNeeds(List.of(), List.of(source), ""),
                Map.of(),
                event -> {},
                new CancelSignal());
    }

    /** Whatever of the workspace a plan could read holds neither key nor login. */
    private void assertNothingIsLeft() throws IOException {
        String key =
                Files.exists(folder.resolve("module key")) ? Files.readString(folder.resolve("module key")) : PASSWORD;
        try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .isNotEmpty()
                    .noneSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .containsAnyOf(PASSWORD, key));
        }
    }

    private int serveHttp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
                    Path file =
                            folder.resolve(exchange.getRequestURI().getPath().substring(1));
                    boolean there = Files.isRegularFile(file);
                    exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(file) : -1);
                    if (there) {
                        Files.copy(file, exchange.getResponseBody());
                    }
                    exchange.close();
                })
                .setAuthenticator(new BasicAuthenticator("modules") {
                    @Override
                    public boolean checkCredentials(String name, String password) {
                        return name.equals("plumbline") && password.equals(PASSWORD);
                    }
                });
        server.start();
        web = Optional.of(server);
        return server.getAddress().getPort();
    }

    private Path key(String name) throws Exception {
        Path file = folder.resolve(name);
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
        return file;
    }

    private int serveSsh(Path program, Path key, Path host) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Path authorized = Files.copy(Path.of(key + ".pub"), folder.resolve("authorized"));
        Path configuration = Files.writeString(folder.resolve("sshd_config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                """.formatted(port, host, authorized));
        sshd = Optional.of(new ProcessBuilder(program.toString(), "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start());
        Awaitility.await("sshd listens")
                .atMost(30, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    }
                });
        return port;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
