package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher under real shells, in copies of an installation: the built jar and its libraries, a source file to be newer
 * than it, and where a build is called for a Maven of three lines that says it was called.
 */
class LauncherIT {
    private static final Path BUILT = Path.of("target").toAbsolutePath();
    private static final Path LAUNCHER =
            Path.of("..", "plumbline").toAbsolutePath().normalize();
    private static final int PATIENCE_SECONDS = 180;

    @TempDir
    private Path folder;

    private Path root = Path.of("");

    private record Started(Process process, Path output) {}

    private record Ended(int status, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        RealParts.require(
                "plumbline.jar",
                Optional.of(BUILT.resolve("plumbline.jar")).filter(Files::exists),
                "mvn verify packages it first");
        RealParts.require("sh", Optional.of(Path.of("/bin/sh")).filter(Files::isExecutable), "there is no /bin/sh");
        root = installedAt(folder.resolve("inst"));
    }

    /** Or JUnit warns about each link that leads out of its temporary folder. */
    @AfterEach
    void removeLinks() throws IOException {
        List<Path> links;
        try (Stream<Path> all = Files.walk(folder)) {
            links = all.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a space", "quote'\"s", "-dash", "$(touch x)", "star*?[a]", "new\nline", "ü", "%41;&"})
    void it_runs_from_folders_of_any_name_and_from_anywhere(String name) throws Exception {
        Path odd = installedAt(folder.resolve(name));

        assertThat(run(folder, Map.of(), odd.resolve("plumbline").toString(), "--version"))
                .returns(0, Ended::status)
                .extracting(Ended::out)
                .asString()
                .startsWith("plumbline ");
        assertThat(run(odd, Map.of(), "./plumbline", "statsu").status()).isEqualTo(64);
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(odd.resolve("x")).doesNotExist();
    }

    @Test
    void it_runs_through_chains_of_links_and_from_the_path() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("second"), root.resolve("plumbline"));
        Files.createSymbolicLink(bin.resolve("plumbline"), Path.of("second"));

        assertThat(run(folder, Map.of(), bin.resolve("plumbline").toString(), "--version")
                        .status())
                .isZero();
        Ended onPath =
                run(folder, Map.of("PATH", bin + ":" + System.getenv("PATH")), "sh", "-c", "plumbline --version");
        assertThat(onPath.status()).as(onPath.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void it_runs_under_other_shells(String shell) throws Exception {
        List<String> words = List.of(shell.split(" "));
        RealParts.program(words.get(0));
        String[] command = Stream.concat(
                        words.stream(), Stream.of(root.resolve("plumbline").toString(), "--version"))
                .toArray(String[]::new);

        assertThat(run(folder, Map.of(), command).status()).isZero();
    }

    @Test
    void an_argument_beyond_ascii_arrives_whole_also_in_the_c_locale() throws Exception {
        String command = "inst/plumbline \"$(printf 'st\\303\\244tus')\"";

        Ended ended = run(folder, Map.of("LC_ALL", "C"), "sh", "-c", command);

        assertThat(ended.err()).contains("'stätus'");
    }

    @Test
    void the_working_folder_and_the_exit_status_are_passed_on() throws Exception {
        Ended ended = run(folder, Map.of(), "inst/plumbline", "status", "--home", "somewhere");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .contains("No server is running with the home "
                        + folder.toRealPath().resolve("somewhere"));
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void a_fresh_jar_is_not_built_again_and_its_classes_are_laid_out_once() throws Exception {
        Map<String, String> environment = Map.of("PATH", fakeMaven("exit 9") + ":" + System.getenv("PATH"));
        Files.delete(root.resolve("orchestrator/target/plumbline.jsa"));

        assertThat(run(folder, environment, "inst/plumbline", "--version").err())
                .contains("laying out classes");
        assertThat(root.resolve("orchestrator/target/plumbline.jsa")).isNotEmptyFile();
        assertThat(run(folder, environment, "inst/plumbline", "--version"))
                .returns("", Ended::err)
                .returns(0, Ended::status);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"flock", "mkdir"})
    void newer_sources_are_built_once_also_by_two_at_once(String lock) throws Exception {
        Path maven = fakeMaven("echo built >>calls; sleep 1; mv -f orchestrator/target/plumbline.jar.before"
                + " orchestrator/target/plumbline.jar; touch orchestrator/target/plumbline.jar");
        Path tools = toolsOnly();
        if (lock.equals("mkdir")) {
            Files.deleteIfExists(tools.resolve("flock"));
            // What a build that was killed leaves behind.
            Path stale = Files.createDirectory(root.resolve(".plumbline-build"));
            Files.writeString(stale.resolve("pid"), "999999999\n");
        }
        Map<String, String> environment =
                Map.of("PATH", maven + ":" + tools, "JAVA_HOME", System.getProperty("java.home"));
        touchSources();

        Started first = start(folder, environment, "inst/plumbline", "--version");
        Started second = start(folder, environment, "inst/plumbline", "--version");
        Ended one = end(first);
        Ended two = end(second);

        assertThat(one.status()).as(one.err()).isZero();
        assertThat(two.status()).as(two.err()).isZero();
        assertThat(root.resolve("calls")).hasContent("built");
        assertThat(one.err() + two.err()).contains("building (once");
        assertThat(one.out()).startsWith("plumbline ");
    }

    @Test
    void a_failed_build_says_so_and_leaves_what_there_was() throws Exception {
        Path maven = fakeMaven("echo the reason; exit 1");
        touchSources();

        Ended ended = run(folder, Map.of("PATH", maven + ":" + System.getenv("PATH")), "inst/plumbline", "--version");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("the reason", "the build failed");
        assertThat(ended.out()).isEmpty();
        assertThat(root.resolve("orchestrator/target/plumbline.jar")).exists();
    }

    @Test
    void without_maven_or_java_it_says_what_to_install() throws Exception {
        Path tools = toolsOnly();
        Files.delete(root.resolve("orchestrator/target/plumbline.jar"));
        String java = System.getProperty("java.home");

        assertThat(run(folder, Map.of("PATH", tools.toString(), "JAVA_HOME", java), "inst/plumbline", "status"))
                .returns(1, Ended::status)
                .extracting(Ended::err)
                .asString()
                .contains("Maven was not found", "apt install maven");
        assertThat(run(folder, Map.of("PATH", tools.toString(), "JAVA_HOME", ""), "inst/plumbline", "status"))
                .returns(1, Ended::status)
                .extracting(Ended::err)
                .asString()
                .contains("no Java was found on PATH", "Java 17 or newer is needed");
    }

    @Test
    void a_java_too_old_in_java_home_gives_way_to_the_one_on_path() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        Files.createFile(
                old.resolve("java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(folder.resolve("old/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"1.8.0_402\"\n");

        Ended ended = run(folder, Map.of("JAVA_HOME", folder.resolve("old").toString()), "inst/plumbline", "--version");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("JAVA_HOME names a Java 1.8.0_402");
    }

    private Path installedAt(Path where) throws IOException {
        Path target = Files.createDirectories(where.resolve("orchestrator/target"));
        Path sources = Files.createDirectories(where.resolve("orchestrator/src/main"));
        Files.copy(LAUNCHER, where.resolve("plumbline"));
        Files.writeString(where.resolve("plumbline").resolveSibling("pom.xml"), "");
        Files.writeString(where.resolve("orchestrator/pom.xml"), "");
        Files.writeString(sources.resolve("Source"), "");
        Files.copy(BUILT.resolve("plumbline.jar"), target.resolve("plumbline.jar"));
        Files.createSymbolicLink(target.resolve("lib"), BUILT.resolve("lib"));
        FileTime before = FileTime.from(Instant.now().minusSeconds(60));
        for (Path path : List.of(
                where.resolve("pom.xml"), where.resolve("orchestrator/pom.xml"), sources, sources.resolve("Source"))) {
            Files.setLastModifiedTime(path, before);
        }
        // Newer than the jar and empty: no time goes into laying out classes where that is not the point.
        Files.writeString(target.resolve("plumbline.jsa"), "");
        return where;
    }

    private void touchSources() throws IOException {
        Path jar = root.resolve("orchestrator/target/plumbline.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(30)));
        Files.setLastModifiedTime(
                root.resolve("orchestrator/src/main/Source"),
                FileTime.from(Instant.now().minusSeconds(20)));
    }

    private Path fakeMaven(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("maven"));
        Path maven = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    /** A PATH with what the launcher itself takes for granted, and neither Java nor Maven. */
    private Path toolsOnly() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of(
                "sh",
                "find",
                "head",
                "readlink",
                "sed",
                "stty",
                "cat",
                "rm",
                "rmdir",
                "mv",
                "mkdir",
                "flock",
                "ps",
                "sleep",
                "touch")) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path real = Path.of(place, tool);
                if (Files.exists(real) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), real);
                }
            }
        }
        return bin;
    }

    private Ended run(Path workingFolder, Map<String, String> environment, String... command) throws Exception {
        return end(start(workingFolder, environment, command));
    }

    private Started start(Path workingFolder, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
        builder.environment().remove("PLUMBLINE_HOME");
        builder.environment().putAll(environment);
        Path output = Files.createTempDirectory(folder, "output");
        Process process = builder.redirectOutput(output.resolve("out").toFile())
                .redirectError(output.resolve("err").toFile())
                .start();
        return new Started(process, output);
    }

    private static Ended end(Started started) throws Exception {
        Process process = started.process();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended).as("the launcher ends").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(started.output().resolve("out"), StandardCharsets.UTF_8),
                Files.readString(started.output().resolve("err"), StandardCharsets.UTF_8));
    }
}
