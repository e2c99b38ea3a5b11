package dev.plumbline.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Whether an apply lives on when the server that started it ends, as far as this machine tells.
 *
 * @param sentence what holds here
 * @param mend what to do so that applies outlive the server; empty where they do
 */
public record Outliving(Kind kind, String sentence, String mend) {

    /** The cases. */
    public enum Kind {
        /** Nothing but a reboot ends an apply. */
        HOLDS,
        /** A service of systemd, which by default kills all of a service's processes when it stops (systemd.kill(5)). */
        SYSTEMD_SERVICE,
        /** The container's end takes every process in it. */
        CONTAINER,
        /** The system lacks /proc or setsid. */
        UNSUPPORTED
    }

    /** @param environment this process's own */
    public static Outliving here(Map<String, String> environment) {
        return of(
                Path.of("/"),
                environment,
                Setsid.find(SearchPath.parse(environment.getOrDefault("PATH", "")))
                        .isPresent());
    }

    /** @param root where the system's files are looked for */
    static Outliving of(Path root, Map<String, String> environment, boolean setsid) {
        if (!Files.isReadable(root.resolve("proc/self/stat"))) {
            return new Outliving(
                    Kind.UNSUPPORTED,
                    "Applies do not outlive the server: this system has no /proc.",
                    "Run the server on Linux, or let no apply be running when it is stopped.");
        }
        if (!setsid) {
            return new Outliving(
                    Kind.UNSUPPORTED, "Applies do not outlive the server: setsid is missing.", Setsid.MISSING + ".");
        }
        // A service inside of a container has both marks; the container is the one that can't be talked out of it.
        if (inContainer(root, environment)) {
            return new Outliving(
                    Kind.CONTAINER,
                    "Applies outlive the server's process, but not the container.",
                    "Give the container a termination grace as long as your applies take; they are waited for on SIGTERM.");
        }
        String unit = unit(root);
        if (unit.endsWith(".service")) {
            return new Outliving(
                    Kind.SYSTEMD_SERVICE,
                    "Applies outlive the server only where systemd lets them: this is the service " + unit + ".",
                    "Set KillMode=process in the unit; 'systemctl show -p KillMode " + unit
                            + "' tells what it is now.");
        }
        return new Outliving(Kind.HOLDS, "Applies outlive the server: a new one finds them and goes on.", "");
    }

    private static boolean inContainer(Path root, Map<String, String> environment) {
        String cgroup = text(root.resolve("proc/1/cgroup")).toLowerCase(Locale.ROOT);
        return Files.exists(root.resolve(".dockerenv"))
                || Files.exists(root.resolve("run/.containerenv"))
                || !environment.getOrDefault("KUBERNETES_SERVICE_HOST", "").isEmpty()
                || !environment.getOrDefault("container", "").isEmpty()
                || cgroup.contains("docker")
                || cgroup.contains("kubepods")
                || cgroup.contains("containerd");
    }

    /** The unit that this process is in; cgroups(7). A login session's is a scope, not a service. */
    private static String unit(Path root) {
        for (String line : text(root.resolve("proc/self/cgroup")).split("\n", -1)) {
            if (line.startsWith("0::") || line.contains("name=systemd")) {
                return line.substring(line.lastIndexOf('/') + 1).strip();
            }
        }
        return "";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException notThere) {
            return "";
        }
    }
}
