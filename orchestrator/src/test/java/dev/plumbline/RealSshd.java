package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real OpenSSH server on loopback, with a host key and a configuration of its own; it lets one key in, as this user. */
public final class RealSshd implements AutoCloseable {
    private final Process process;
    private final int port;
    private final String hostKey;

    private RealSshd(Process process, int port, String hostKey) {
        this.process = process;
        this.port = port;
        this.hostKey = hostKey;
    }

    /** The program; the test is skipped, aloud, where there is none. */
    public static Path program() {
        return RealParts.require(
                "sshd",
                Optional.of(Path.of("/usr/sbin/sshd")).filter(Files::isExecutable),
                "apt-get install openssh-server");
    }

    /** A new key pair without a passphrase. */
    public static Path key(Path file) {
        program();
        try {
            Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                    .inheritIO()
                    .start();
            assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(made.exitValue()).isZero();
            return file;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts one, and waits until it listens.
     *
     * @param folder for its files
     * @param key whose public half stands beside it
     */
    public static RealSshd started(Path folder, Path key) {
        Path program = program();
        Path host = key(folder.resolve("host key"));
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            if (System.getProperty("user.name").equals("root")) {
                Files.createDirectories(Path.of("/run/sshd"));
            }
            Path authorized = Files.copy(Path.of(key + ".pub"), folder.resolve("authorized"));
            Path configuration =
                    Files.writeString(folder.resolve("sshd_config"), """
                    ListenAddress 127.0.0.1:%d
                    HostKey "%s"
                    AuthorizedKeysFile %s
                    PidFile none
                    StrictModes no
                    UsePAM no
                    PasswordAuthentication no
                    PermitRootLogin prohibit-password
                    """.formatted(port, host, authorized));
            Process process = new ProcessBuilder(program.toString(), "-D", "-e", "-f", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sshd.log").toFile())
                    .start();
            RealSshd sshd = new RealSshd(process, port, Files.readString(Path.of(host + ".pub")));
            Awaitility.await("sshd listens")
                    .atMost(30, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> {
                        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                            return socket.isConnected();
                        }
                    });
            return sshd;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The beginning of its addresses: {@code ssh://user@host:port}. */
    public String url() {
        return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port;
    }

    /** What a known_hosts file says of it. */
    public String knownHosts() {
        return "[127.0.0.1]:" + port + " " + hostKey;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
