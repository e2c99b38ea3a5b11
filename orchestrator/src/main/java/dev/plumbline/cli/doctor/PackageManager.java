package dev.plumbline.cli.doctor;

import dev.plumbline.process.SearchPath;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The way in which programs are installed on this system, so that the advice can be typed as it is. */
enum PackageManager {
    APT("apt-get", "apt-get install -y "),
    DNF("dnf", "dnf install -y "),
    ZYPPER("zypper", "zypper install -y "),
    PACMAN("pacman", "pacman -S --noconfirm "),
    APK("apk", "apk add "),
    BREW("brew", "brew install ");

    /** What a program's package is called where that differs from the program. */
    private static final Map<String, String> PACKAGES =
            Map.of("setsid", "util-linux", "bwrap", "bubblewrap", "sh", "dash");

    private final String program;
    private final String install;

    PackageManager(String program, String install) {
        this.program = program;
        this.install = install;
    }

    /** The first that is there; empty on a system that has none of these. */
    static Optional<PackageManager> on(SearchPath path) {
        return Arrays.stream(values())
                .filter(manager -> path.find(manager.program).isPresent())
                .findFirst();
    }

    /** What to type for a program; on an unknown system, what to look for. */
    static String advice(Optional<PackageManager> manager, String program) {
        String name = PACKAGES.getOrDefault(program, program);
        return manager.map(known -> known.install + name).orElse("Install the package " + name);
    }
}
