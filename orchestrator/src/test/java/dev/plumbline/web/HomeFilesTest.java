package dev.plumbline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two private files of a home that open its server: the token, and server.json. */
class HomeFilesTest {
    @TempDir
    private Path home;

    @Test
    void the_token_is_made_once_kept_and_readable_by_its_owner_only() throws IOException {
        Path file = home.resolve("new/token");

        AccessToken first = AccessToken.loadOrCreate(file, new SecureRandom());
        AccessToken again = AccessToken.loadOrCreate(file, new SecureRandom());

        assertThat(again).isEqualTo(first);
        assertThat(first.value()).hasSizeGreaterThanOrEqualTo(43);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(home.resolve("new"))).isEqualTo("rwx------");
        assertThat(first.toString()).doesNotContain(first.value());
        assertThat(home.resolve("new")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_token_file_that_others_may_read_is_closed_and_a_damaged_one_refused() throws IOException {
        Path file = Files.writeString(home.resolve("token"), "abcdefghijklmnopqrstuvwxyz\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(AccessToken.loadOrCreate(file, new SecureRandom()).value()).isEqualTo("abcdefghijklmnopqrstuvwxyz");
        assertThat(mode(file)).isEqualTo("rw-------");

        Files.writeString(file, "");
        assertThatThrownBy(() -> AccessToken.loadOrCreate(file, new SecureRandom()))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Delete the file");
    }

    @Test
    void servers_that_start_at_once_agree_on_one_token() throws Exception {
        Path file = home.resolve("token");
        Set<String> seen = new ConcurrentSkipListSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> starts = IntStream.range(0, 32)
                    .<Callable<Boolean>>mapToObj(i -> () -> seen.add(
                            AccessToken.loadOrCreate(file, new SecureRandom()).value()))
                    .toList();
            for (var start : threads.invokeAll(starts)) {
                start.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void server_json_is_private_read_back_and_removed_by_its_own_server_only() throws IOException {
        AccessToken token = new AccessToken("0123456789abcdef");
        ServerFile mine = ServerFile.ofThisProcess(URI.create("http://127.0.0.1:8080"), null, token, Instant.now());
        ServerFile other = new ServerFile(mine.url(), null, "another-token-123456", mine.pid() + 1, mine.startedAt());

        mine.write(home);
        assertThat(ServerFile.read(home)).contains(mine);
        assertThat(mode(ServerFile.in(home))).isEqualTo("rw-------");
        assertThat(mine.toString()).doesNotContain(token.value());

        other.delete(home);
        assertThat(ServerFile.read(home)).contains(mine);
        mine.delete(home);
        assertThat(ServerFile.read(home)).isEmpty();
        mine.delete(home);
    }

    @Test
    void a_pid_given_to_another_process_does_not_count_as_alive() {
        ServerFile mine = ServerFile.ofThisProcess(
                URI.create("http://127.0.0.1:1"), null, new AccessToken("0123456789abcdef"), Instant.now());

        assertThat(mine.alive()).isTrue();
        assertThat(new ServerFile(
                                mine.url(),
                                null,
                                mine.token(),
                                mine.pid(),
                                mine.startedAt().minusSeconds(60))
                        .alive())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "http://127.0.0.1:8080, true",
        "http://127.0.0.1:8080/git/main.git, true",
        "https://plumb.example.com, true",
        "https://PLUMB.example.com:443, true",
        "http://localhost:8080, false",
        "http://127.0.0.1:8081, false",
        "https://127.0.0.1:8080, false",
        "http://127.0.0.1, false",
        "http://plumb.example.com, false",
        "https://plumb.example.com:8443, false",
        "https://plumb.example.com.evil.example, false",
    })
    void an_address_is_the_servers_own_only_to_the_letter(String asked, boolean own) {
        ServerFile file = ServerFile.ofThisProcess(
                URI.create("http://127.0.0.1:8080"),
                URI.create("https://plumb.example.com"),
                new AccessToken("0123456789abcdef"),
                Instant.now());

        assertThat(file.answersAt(URI.create(asked))).isEqualTo(own);
    }

    @Test
    void a_damaged_server_json_is_named() throws IOException {
        Files.writeString(ServerFile.in(home), "{\"url\":");

        assertThatThrownBy(() -> ServerFile.read(home))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(ServerFile.in(home).toString());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
