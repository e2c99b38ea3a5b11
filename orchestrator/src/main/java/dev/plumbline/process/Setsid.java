package dev.plumbline.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.exec.CommandLine;

/**
 * Puts a command into a session of its own. The JVM's child leads no process group, so {@code setsid} executes the
 * program in its own place: the child's pid, the program's pid and the session's number are one.
 */
final class Setsid {
    static final String MISSING =
            "The program setsid was not found; install the package util-linux (only Linux is supported)";

    private static final SearchPath USUAL = new SearchPath(List.of(Path.of("/usr/bin"), Path.of("/bin")));

    private Setsid() {}

    static Optional<Path> find(SearchPath also) {
        return USUAL.find("setsid").or(() -> also.find("setsid"));
    }

    static CommandLine line(Path setsid, Command command) {
        List<String> vector = new ArrayList<>(List.of(command.program().toString()));
        vector.addAll(command.arguments());
        return new ExactCommandLine(setsid, vector);
    }
}
