package dev.plumbline.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * {@code home/server.json}: how commands on this machine find the running server. Mode 600, since it holds the token.
 *
 * @param url where the API answers, without a slash at its end
 * @param publicUrl where people reach it, where that is another address; null else
 * @param token see {@link AccessToken}
 * @param pid the server's process
 * @param startedAt when that process was started; a pid alone is given out again
 */
public record ServerFile(URI url, @Nullable URI publicUrl, String token, long pid, Instant startedAt) {
    private static final String NAME = "server.json";
    // The operating system counts a process's start in ticks and may be asked a little apart.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    /** The file of this very process. */
    public static ServerFile ofThisProcess(URI url, @Nullable URI publicUrl, AccessToken token, Instant now) {
        ProcessHandle self = ProcessHandle.current();
        return new ServerFile(
                url,
                publicUrl,
                token.value(),
                self.pid(),
                self.info().startInstant().orElse(now));
    }

    /** Where it stands in a home. */
    public static Path in(Path home) {
        return home.resolve(NAME);
    }

    /**
     * Reads a home's file; empty where there is none.
     *
     * @throws UncheckedIOException where it is there but can't be read or understood
     */
    public static Optional<ServerFile> read(Path home) {
        Path file = in(home);
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(new ApiJson().read(bytes, ServerFile.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(file + " can't be understood", new IOException(e.getOriginalMessage(), e));
        }
    }

    /** Writes it whole or not at all, replacing what an earlier server left. */
    public void write(Path home) {
        try {
            PrivateFile.replace(in(home), new String(new ApiJson().write(this), StandardCharsets.UTF_8) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(in(home) + " can't be written", e);
        }
    }

    /** Removes the home's file if it is still this one; another server's stays. */
    public void delete(Path home) {
        try {
            if (read(home).filter(this::equals).isPresent()) {
                Files.deleteIfExists(in(home));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(in(home) + " can't be deleted", e);
        }
    }

    /** Whether that is an address of this very server, to the letter: another name may lead to another program. */
    public boolean answersAt(URI address) {
        return sameServer(url, address) || (publicUrl != null && sameServer(publicUrl, address));
    }

    /** Whether two addresses name one server, whatever their paths. */
    public static boolean sameServer(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI url) {
        return url.getPort() != -1 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    /** Whether the process that wrote it still runs on this machine; its pid given to another process doesn't count. */
    public boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) <= 0)
                        .orElse(true))
                .orElse(false);
    }

    @Override
    public String toString() {
        return "ServerFile[url=" + url + ", pid=" + pid + ", startedAt=" + startedAt + "]";
    }
}
