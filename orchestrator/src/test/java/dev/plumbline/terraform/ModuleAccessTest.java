package dev.plumbline.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import dev.plumbline.RealSshd;
import dev.plumbline.ServedModule;
import dev.plumbline.process.CancelSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private modules over real HTTP and real SSH: init opens them, and nothing that opens them is left for plans. */
class ModuleAccessTest {
    private static final String PASSWORD = ServedModule.PASSWORD;

    @TempDir
    Path folder;

    private Path module = Path.of("/");
    private Optional<ServedModule> web = Optional.empty();
    private Optional<RealSshd> sshd = Optional.empty();

    @BeforeEach
    void make_the_module() {
        module = ServedModule.made(folder);
    }

    @AfterEach
    void stop() {
        web.ifPresent(ServedModule::close);
        sshd.ifPresent(RealSshd::close);
    }

    @Test
    void a_module_over_http_is_opened_by_its_login_and_by_nothing_else() throws Exception {
        ServedModule served = ServedModule.serving(folder);
        web = Optional.of(served);
        String source = served.source();
        ModuleAccess access = new ModuleAccess(
                Optional.empty(),
                Optional.empty(),
                List.of(new ModuleAccess.Login("127.0.0.1", ServedModule.LOGIN, PASSWORD)),
                Map.of());
        assertThat(initialised(source, ModuleAccess.none())).isInstanceOf(Initialisation.Failed.class);
        assertThat(initialised(source, access)).isInstanceOf(Initialisation.Initialised.class);
        assertThat(access.secrets().strings()).contains(PASSWORD);
        assertNothingIsLeft();
    }

    @Test
    void a_module_over_ssh_is_opened_by_its_key_where_the_host_is_known() throws Exception {
        Path key = RealSshd.key(folder.resolve("module key"));
        RealSshd server = RealSshd.started(folder, key);
        sshd = Optional.of(server);
        String source = "git::" + server.url() + module.toAbsolutePath();
        Path known = Files.writeString(folder.resolve("known hosts"), server.knownHosts());

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

    @Test
    void with_that_key_no_host_is_trusted_that_only_the_machine_knows() throws Exception {
        Path key = RealSshd.key(folder.resolve("module key"));
        Path known = Files.writeString(folder.resolve("known hosts"), "");

        for (Optional<Path> hosts : List.of(Optional.of(known), Optional.<Path>empty())) {
            ModuleAccess access = new ModuleAccess(Optional.of(key), hosts, List.of(), Map.of());
            Workspace workspace = bench(access).workspace;
            PrivateFolders.create(workspace.home());
            String ssh = access.lay(workspace).getOrDefault("GIT_SSH_COMMAND", "");
            Process asked = new ProcessBuilder("sh", "-c", ssh + " -G git.example.com").start();

            assertThat(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsPattern("(?m)^globalknownhostsfile /dev/null$")
                    .containsPattern("(?m)^stricthostkeychecking (yes|true)$");
        }
    }

    private Bench bench(ModuleAccess access) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HOME", folder.toString());
        return new Bench(
                folder.resolve("home"),
                environment,
                new TerraformBinary(
                        RealParts.terraform(), TerraformVersion.of("1.11.4"), TerraformBinary.Product.TERRAFORM),
                access,
                new ChildEnvironment(environment));
    }

    private Initialisation initialised(String source, ModuleAccess access) throws IOException {
        Bench bench = bench(access);
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
}
