package dev.plumbline.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.plumbline.config.ListenAddress;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.process.Isolation;
import dev.plumbline.process.Outliving;
import dev.plumbline.terraform.CliConfiguration;
import dev.plumbline.terraform.TerraformException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine under the server: names of files, disk, port, cores, and what outlives what. */
final class Machine {
    private static final long GIB = 1L << 30;
    private static final long LITTLE = 2 * GIB;
    private static final Pattern MIRROR = Pattern.compile("path\\s*=\\s*\"([^\"]+)\"");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Map<String, String> environment;
    private final ServerConfig config;
    private final Path home;
    private final ListenAddress listen;
    private final boolean ownPort;

    /**
     * @param listen where the server would listen; port 0 for any free one
     * @param ownPort whether the server of this home listens there already
     */
    Machine(Map<String, String> environment, ServerConfig config, Path home, ListenAddress listen, boolean ownPort) {
        this.environment = environment;
        this.config = config;
        this.home = home;
        this.listen = listen;
        this.ownPort = ownPort;
    }

    List<Finding> look() {
        List<Finding> found = new ArrayList<>();
        found.add(fileNames(System.getProperty("sun.jnu.encoding", "")));
        found.add(home(home));
        found.add(disk(existing(home)));
        found.add(port());
        found.add(outliving(Outliving.here(environment)));
        found.add(providers());
        found.add(capacity());
        found.add(Finding.warning("isolation", Isolation.SHARED_USER, Isolation.MEND));
        return found;
    }

    /** @param encoding in which Java writes names of files; it takes it from the locale at its start */
    static Finding fileNames(String encoding) {
        return encoding.equalsIgnoreCase("UTF-8")
                ? Finding.ok("names of files", "written as UTF-8")
                : Finding.warning(
                        "names of files",
                        "written as " + encoding + ", so a repository with other letters in its names fails",
                        "Start Plumbline with LC_ALL=C.UTF-8.");
    }

    static Finding home(Path home) {
        Path at = existing(home);
        if (!Files.isDirectory(at) || !Files.isWritable(at)) {
            return Finding.missing(
                    "home", home + " can't be written", "Make it writable for this user, or name another with --home.");
        }
        if (!at.equals(home)) {
            return Finding.ok("home", home + " (will be made at the first start)");
        }
        try {
            Set<PosixFilePermission> now = Files.getPosixFilePermissions(home);
            return now.stream().noneMatch(OTHERS::contains)
                    ? Finding.ok("home", home.toString())
                    : Finding.warning(
                            "home",
                            home + " is open to others (" + PosixFilePermissions.toString(now) + ")",
                            "chmod 700 it: states, plans and keys are in there.");
        } catch (IOException | UnsupportedOperationException e) {
            return Finding.warning("home", home + " does not tell its permissions", "Use a folder of a local disk.");
        }
    }

    private static Finding disk(Path at) {
        try {
            long free = Files.getFileStore(at).getUsableSpace();
            String found = size(free) + " free for home";
            return free >= LITTLE
                    ? Finding.ok("disk", found)
                    : Finding.warning("disk", found, "Free some: a provider alone can take 700 MB of it.");
        } catch (IOException e) {
            return Finding.warning("disk", "the free space of " + at + " can't be told", "Look at the disk.");
        }
    }

    private Finding port() {
        if (ownPort) {
            return Finding.ok("port", listen + " is the running server's");
        }
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        if (!here(address)) {
            return Finding.warning(
                    "port", listen + " is no address of this machine", "Correct 'listen' in server.yaml.");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address, 1);
            return Finding.ok("port", new ListenAddress(listen.host(), socket.getLocalPort()) + " is free");
        } catch (IOException e) {
            return Finding.warning(
                    "port",
                    listen + " is taken",
                    "If that is not your Plumbline: serve --port N, or --port 0 for any free one.");
        }
    }

    private static boolean here(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        try {
            return host != null
                    && (host.isAnyLocalAddress()
                            || host.isLoopbackAddress()
                            || NetworkInterface.getByInetAddress(host) != null);
        } catch (SocketException untold) {
            return true;
        }
    }

    static Finding outliving(Outliving outliving) {
        return switch (outliving.kind()) {
            case HOLDS -> Finding.ok("applies", outliving.sentence());
            case SYSTEMD_SERVICE, CONTAINER -> Finding.warning("applies", outliving.sentence(), outliving.mend());
            case UNSUPPORTED -> Finding.missing("applies", outliving.sentence(), outliving.mend());
        };
    }

    /** As runs are given them, whatever file they come from. */
    private Finding providers() {
        try {
            List<String> mirrors = new ArrayList<>();
            Matcher path = MIRROR.matcher(
                    new CliConfiguration(environment, dev.plumbline.terraform.TerraformBinary.Product.TERRAFORM)
                            .text());
            while (path.find()) {
                mirrors.add(path.group(1));
            }
            return Finding.ok(
                    "providers",
                    mirrors.isEmpty()
                            ? "downloaded from their registries"
                            : "mirrored in " + String.join(", ", mirrors));
        } catch (TerraformException e) {
            return Finding.warning("providers", String.valueOf(e.getMessage()), "Runs fail before that is corrected.");
        }
    }

    private Finding capacity() {
        int cores = Runtime.getRuntime().availableProcessors();
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long memory = machine.getTotalMemorySize();
        int runs = config.limits().plansAtOnce(cores, memory);
        String found = runs + " (" + cores + (cores == 1 ? " core, " : " cores, ") + size(memory) + " of memory, "
                + size(config.limits().memoryPerRun().bytes()) + " counted for each)";
        return memory >= GIB
                ? Finding.ok("plans at once", found)
                : Finding.warning(
                        "plans at once",
                        found,
                        "Give the machine 1 GiB or more: the AWS provider alone takes 400 MiB.");
    }

    static Path existing(Path folder) {
        Path at = folder;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    private static String size(long bytes) {
        return bytes >= 10 * GIB ? bytes / GIB + " GiB" : (bytes >> 20) + " MiB";
    }
}
