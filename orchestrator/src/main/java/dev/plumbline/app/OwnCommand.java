package dev.plumbline.app;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this very program is started again: by the launcher that started it, else by the same Java. */
final class OwnCommand {
    /** The system property in which the launcher passes on where it stands. */
    private static final String LAUNCHER = "plumbline.launcher";

    private OwnCommand() {}

    /** The launcher that started it; empty where Java was called without one. */
    static Optional<Path> launcher(Properties properties) {
        return Optional.ofNullable(properties.getProperty(LAUNCHER)).map(Path::of);
    }

    /** The words to type, absolute, so that they hold in any folder. */
    static List<String> words(Properties properties) {
        Optional<Path> launcher = launcher(properties);
        if (launcher.isPresent()) {
            return List.of(launcher.get().toString());
        }
        String classes = Stream.of(properties.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(properties.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                classes,
                Plumbline.class.getName());
    }
}
