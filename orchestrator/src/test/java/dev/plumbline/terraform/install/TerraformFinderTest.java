package dev.plumbline.terraform.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformVersion;
import dev.plumbline.terraform.WantedVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerraformFinderTest {
    private static final String PROGRAM = "#!/bin/sh\necho 'Terraform v1.11.4'\necho 'on linux_amd64'\n";
    private static final String BASE = "/mirror/terraform/1.11.4/terraform_1.11.4_";
    private static final String SUMS = BASE + "SHA256SUMS";
    private static final String ARCHIVE = BASE + Installation.platform() + ".zip";

    @TempDir
    Path home;

    private final Map<String, byte[]> site = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final SortedMap<String, Path> local = new TreeMap<>();
    private HttpServer server;

    /** Made once: making one takes seconds on a busy machine. */
    private static SigningKey key;

    private static SigningKey stranger;

    @BeforeAll
    static void keys() throws Exception {
        key = new SigningKey();
        stranger = new SigningKey();
    }

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] body = site.get(path);
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        publish(zip(Map.of("LICENSE.txt", "text", "terraform", PROGRAM)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_key_is_hashicorps() {
        assertThat(ReleaseKey.hashicorp().fingerprint()).isEqualTo("C874011F0AB405110D02105534365D9472D7468F");
        assertThat(ReleaseKey.hashicorp().shortId()).isEqualTo("72D7468F");
    }

    @Test
    void the_other_key_is_opentofus() {
        assertThat(ReleaseKey.opentofu().fingerprint()).isEqualTo("E3E6E43D84CB852EADB0051D0C0AF313E5FD9F80");
    }

    @Test
    void the_newest_opentofu_that_fits_is_downloaded_and_verified_by_its_own_signature() throws Exception {
        String stem = "/tofu/v1.10.10/tofu_1.10.10_";
        byte[] archive = zip(Map.of("tofu", "#!/bin/sh\necho 'OpenTofu v1.10.10'\n"));
        byte[] sums = (sha256(archive) + "  tofu_1.10.10_" + Installation.platform() + ".zip\n")
                .getBytes(StandardCharsets.US_ASCII);
        site.put(
                "/tofu/api.json",
                "{\"versions\": [{\"id\": \"1.11.0\"}, {\"id\": \"1.10.10\"}, {\"id\": \"1.10.9\"}]}"
                        .getBytes(StandardCharsets.US_ASCII));
        site.put(stem + Installation.platform() + ".zip", archive);
        site.put(stem + "SHA256SUMS", sums);
        site.put(stem + "SHA256SUMS.gpgsig", stranger.sign(sums));
        TerraformFinder finder = finder(key.released(), List.of());
        TerraformBinary standard = found(finder.standard(Optional.empty()));
        WantedVersion wanted = WantedVersion.named("tofu:~> 1.10.0");

        assertThat(finder.wanted(wanted, standard))
                .isInstanceOfSatisfying(
                        FinderOutcome.NotFound.class,
                        refused ->
                                assertThat(refused.what()).contains("OpenTofu 1.10.10", "are not signed by the key"));
        site.put(stem + "SHA256SUMS.gpgsig", key.sign(sums));
        TerraformBinary tofu = found(finder.wanted(wanted, standard));

        assertThat(tofu.name()).isEqualTo("tofu:1.10.10");
        assertThat(tofu.path()).isEqualTo(home.resolve("tofu/1.10.10/tofu"));
        assertThat(TerraformFinder.downloaded(home)).containsExactly("1.11.4", "tofu:1.10.10");
        site.clear();
        assertThat(found(finder.wanted(wanted, standard))).isEqualTo(tofu);
    }

    @Test
    void the_pinned_release_is_downloaded_once_and_kept() throws Exception {
        Path program = home.resolve("terraform/1.11.4/terraform");
        FinderOutcome expected = new FinderOutcome.Found(
                new TerraformBinary(program, new TerraformVersion(1, 11, 4, ""), TerraformBinary.Product.TERRAFORM));
        assertThat(find()).isEqualTo(expected);
        assertThat(program).isExecutable();
        site.clear();
        assertThat(find()).isEqualTo(expected);
        assertThat(asked).hasSize(3);
        assertNothingHalfDone();
    }

    @Test
    void two_at_once_download_once() throws Exception {
        TerraformFinder finder = finder(key.released(), List.of());
        List<CompletableFuture<FinderOutcome>> both = Stream.of(1, 2)
                .map(any -> CompletableFuture.supplyAsync(() -> find(finder)))
                .toList();
        assertThat(both).allSatisfy(one -> assertThat(one.get()).isInstanceOf(FinderOutcome.Found.class));
        assertThat(asked).hasSize(3);
    }

    @Test
    void the_search_path_comes_first_and_a_configured_path_before_it() throws Exception {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path old = program(bin.resolve("terraform"), "Terraform v1.5.7");
        Path tofu = program(bin.resolve("my-tofu"), "OpenTofu v1.10.10");
        TerraformFinder finder = finder(key.released(), List.of(bin));

        TerraformBinary standard = found(finder.standard(Optional.empty()));
        assertThat(standard.path()).isEqualTo(old);
        assertThat(found(finder.standard(Optional.of(tofu))).product()).isEqualTo(TerraformBinary.Product.TOFU);
        assertThat(asked).isEmpty();
        assertThat(found(finder.wanted(WantedVersion.named("~> 1.11"), standard))
                        .version())
                .hasToString("1.11.4");
        assertThat(asked).hasSize(3);
    }

    @Test
    void a_configured_program_that_is_none_is_named() throws Exception {
        Path none = home.resolve("none");
        FinderOutcome.NotFound missing = missing(Optional.of(none), List.of());
        assertThat(missing.what()).startsWith("The configured Terraform does not start: " + none);
        assertThat(missing.where()).isEqualTo(none.toString());
        assertThat(missing.next()).isEqualTo("Correct terraform.path in the server's configuration");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            kill -SEGV $$                              | ends with 139 when asked for its version
            echo 'libc.so.9: not found' >&2; exit 127  | ends with 127 when asked for its version: libc.so.9: not found
            printf 'a \\033[2Jmess'                   | is neither Terraform nor OpenTofu: asked for its version it says: a
            exit 0                                     | asked for its version it says: nothing
            """)
    void a_broken_program_is_told_by_what_it_does(String script, String expected) throws Exception {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path broken = Files.writeString(bin.resolve("terraform"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
        site.clear();

        assertThat(missing(Optional.of(broken), List.of()).what())
                .startsWith("The configured Terraform ")
                .contains(expected)
                .doesNotContain("\u001b");
        FinderOutcome.NotFound onPath = missing(Optional.empty(), List.of(bin));
        assertThat(onPath.what()).startsWith("The terraform on PATH ").contains(expected);
        assertThat(onPath.where()).isEqualTo(broken.toString());
        assertThat(onPath.next()).contains("Mend or replace it", "Terraform 1.11.4", "can't be downloaded");
    }

    private FinderOutcome.NotFound missing(Optional<Path> configured, List<Path> path) throws Exception {
        return (FinderOutcome.NotFound) finder(key.released(), path).standard(configured);
    }

    @Test
    void a_wrong_sum_is_refused() throws Exception {
        site.put(ARCHIVE, zip(Map.of("terraform", "#!/bin/sh\necho evil\n")));
        assertRefused("where the signed list says");
    }

    @Test
    void a_truncated_archive_is_refused() throws Exception {
        site.put(ARCHIVE, Arrays.copyOf(served(ARCHIVE), served(ARCHIVE).length / 2));
        assertRefused("where the signed list says");
    }

    @Test
    void another_keys_signature_is_refused() throws Exception {
        site.put(signaturePath(), stranger.sign(served(SUMS)));
        assertRefused(
                "The checksums are not signed by the key " + key.released().fingerprint());
    }

    @Test
    void a_signature_of_other_sums_is_refused() throws Exception {
        site.put(
                SUMS, (new String(served(SUMS), StandardCharsets.US_ASCII) + "\n").getBytes(StandardCharsets.US_ASCII));
        assertRefused("The checksums are not signed");
    }

    @Test
    void a_signature_over_a_weak_hash_is_refused() throws Exception {
        site.put(signaturePath(), key.sign(served(SUMS), HashAlgorithmTags.SHA1));
        assertRefused("The checksums are not signed");
    }

    @Test
    void a_signature_that_is_none_is_refused() throws Exception {
        site.put(signaturePath(), "<html>not found</html>".getBytes(StandardCharsets.US_ASCII));
        assertRefused("The checksums are not signed");
    }

    @Test
    void a_missing_file_is_named() throws Exception {
        site.remove(ARCHIVE);
        assertRefused("The site answered 404");
    }

    @Test
    void a_path_in_the_archive_never_becomes_a_path_on_disk() throws Exception {
        publish(zip(Map.of("../terraform", PROGRAM, "../../escaped", "x")));
        assertRefused("The archive holds no program named terraform");
        assertThat(home.resolve("escaped")).doesNotExist();
        assertThat(home.resolve("terraform/terraform")).doesNotExist();
    }

    @Test
    void a_site_that_is_down_is_named() throws Exception {
        server.stop(0);
        assertRefused("The download broke off");
    }

    @Test
    void a_site_that_stops_in_the_middle_is_given_up() throws Exception {
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });
        URI stalled = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/stalled");
        ReleaseDownload download = new ReleaseDownload(
                HttpClient.newHttpClient(), ReleaseSite.terraform(stalled, key.released()), Duration.ofMillis(300));

        assertThatThrownBy(() -> download.fetch("1.11.4", "linux_amd64", home))
                .hasMessage("The download took longer than PT0.3S");
    }

    private byte[] served(String path) {
        return java.util.Objects.requireNonNull(site.get(path));
    }

    private void assertRefused(String what) throws Exception {
        FinderOutcome outcome = find();
        assertThat(outcome).isInstanceOfSatisfying(FinderOutcome.NotFound.class, missing -> {
            assertThat(missing.what()).contains(what);
            assertThat(missing.where()).isNotBlank();
            assertThat(missing.next()).isNotBlank();
        });
        assertThat(home.resolve("terraform/1.11.4")).doesNotExist();
        assertNothingHalfDone();
    }

    private void assertNothingHalfDone() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("terraform"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(".next")))
                    .isEmpty();
        }
    }

    private void publish(byte[] archive) throws Exception {
        String sum = sha256(archive);
        String name = ARCHIVE.substring(ARCHIVE.lastIndexOf('/') + 1);
        byte[] sums = ("0000  another.zip\n" + sum + "  " + name + "\n").getBytes(StandardCharsets.US_ASCII);
        site.put(ARCHIVE, archive);
        site.put(SUMS, sums);
        site.put(signaturePath(), key.sign(sums));
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private String signaturePath() throws IOException {
        return SUMS + "." + key.released().shortId() + ".sig";
    }

    private FinderOutcome find() throws Exception {
        return find(finder(key.released(), List.of()));
    }

    private static FinderOutcome find(TerraformFinder finder) {
        try {
            return finder.standard(Optional.empty());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TerraformBinary found(FinderOutcome outcome) {
        assertThat(outcome).isInstanceOf(FinderOutcome.Found.class);
        return ((FinderOutcome.Found) outcome).binary();
    }

    private TerraformFinder finder(ReleaseKey trusted, List<Path> path) {
        return new TerraformFinder(
                home,
                new SearchPath(path),
                local,
                ReleaseSite.terraform(mirror("/mirror/"), trusted),
                ReleaseSite.tofu(mirror("/tofu"), trusted),
                HttpClient.newHttpClient(),
                new CommandRunner(new SearchPath(List.of())));
    }

    private URI mirror(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static Path program(Path file, String says) throws IOException {
        Files.writeString(file, "#!/bin/sh\necho '" + says + "'\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static byte[] zip(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
