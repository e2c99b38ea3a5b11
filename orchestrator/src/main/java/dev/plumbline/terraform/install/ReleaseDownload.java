package dev.plumbline.terraform.install;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches one release from a site, and trusts nothing of it but what the key has signed: the
 * signature covers the checksums, a checksum covers the archive, and of the archive only the program is taken.
 */
final class ReleaseDownload {
    private static final int SMALL = 8 * 1024 * 1024;
    private static final long LARGEST_PROGRAM = 1024L * 1024 * 1024;

    private final HttpClient http;
    private final ReleaseSite site;
    private final Duration timeLimit;

    /** @param timeLimit of each file */
    ReleaseDownload(HttpClient http, ReleaseSite site, Duration timeLimit) {
        this.http = http;
        this.site = site;
        this.timeLimit = timeLimit;
    }

    /**
     * Leaves the verified program in the folder, executable.
     *
     * @param folder a new folder that nobody else uses
     * @throws InstallException where any step fails
     */
    void fetch(String version, String platform, Path folder) throws InstallException, InterruptedException {
        URI sumsAddress = site.sums(version);
        byte[] sums = small(sumsAddress, folder);
        URI signatureAddress = site.signature(version);
        if (!site.key().signed(sums, small(signatureAddress, folder))) {
            throw new InstallException(
                    "The checksums are not signed by the key " + site.key().fingerprint(), signatureAddress.toString());
        }
        String name = site.archiveName(version, platform);
        String expected = sumOf(name, sums, sumsAddress);
        URI address = site.archive(version, platform);
        Path archive = folder.resolve(name);
        save(address, archive);
        String actual = sha256(archive);
        if (!actual.equals(expected)) {
            throw new InstallException(
                    "The archive's SHA-256 is " + actual + " where the signed list says " + expected,
                    address.toString());
        }
        unpack(archive, folder.resolve(site.product().program()));
    }

    private static String sumOf(String name, byte[] sums, URI address) throws InstallException {
        return new String(sums, StandardCharsets.US_ASCII)
                .lines()
                .map(line -> line.strip().split("\\s+\\*?"))
                .filter(parts -> parts.length == 2 && parts[1].equals(name))
                .map(parts -> parts[0].toLowerCase(Locale.ROOT))
                .findFirst()
                .orElseThrow(() -> new InstallException("The signed list has no " + name, address.toString()));
    }

    /** The content of a file of at most 8 MB. */
    byte[] small(URI address, Path folder) throws InstallException, InterruptedException {
        Path file = folder.resolve("small");
        save(address, file);
        try {
            if (Files.size(file) > SMALL) {
                throw new InstallException("The file is larger than 8 MB", address.toString());
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InstallException("The download can't be read: " + e.getMessage(), file.toString());
        }
    }

    /** The limit is on the whole: a request's own time limit ends with the answer's head. */
    private void save(URI address, Path file) throws InstallException, InterruptedException {
        CompletableFuture<HttpResponse<Path>> answer =
                http.sendAsync(HttpRequest.newBuilder(address).GET().build(), HttpResponse.BodyHandlers.ofFile(file));
        try {
            int status = answer.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new InstallException("The site answered " + status, address.toString());
            }
        } catch (ExecutionException e) {
            throw new InstallException("The download broke off: " + e.getCause(), address.toString());
        } catch (TimeoutException e) {
            throw new InstallException("The download took longer than " + timeLimit, address.toString());
        } finally {
            answer.cancel(true);
        }
    }

    private static String sha256(Path file) throws InstallException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new InstallException("The download can't be read: " + e.getMessage(), file.toString());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Takes the one entry by its exact name: no path of the archive ever becomes a path on disk. */
    private static void unpack(Path archive, Path program) throws InstallException {
        String wanted = program.getFileName().toString();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && !entry.getName().equals(wanted)) {
                entry = zip.getNextEntry();
            }
            if (entry == null) {
                throw new InstallException("The archive holds no program named " + wanted, archive.toString());
            }
            copyBounded(zip, program);
        } catch (IOException e) {
            throw new InstallException("The archive can't be unpacked: " + e.getMessage(), archive.toString());
        }
        if (!program.toFile().setExecutable(true, true)) {
            throw new InstallException("The program can't be made executable", program.toString());
        }
    }

    private static void copyBounded(InputStream from, Path to) throws IOException {
        long left = LARGEST_PROGRAM;
        byte[] buffer = new byte[64 * 1024];
        try (var out = Files.newOutputStream(to)) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw new IOException("the program is larger than 1 GB");
                }
                out.write(Arrays.copyOf(buffer, read));
            }
        }
    }
}
