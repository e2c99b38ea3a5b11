package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What the program leaves behind while it runs: its log, and the files of a folder. */
final class Traces extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.plumbline");
    private final @Nullable Level before = logger.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Listens to the log from now on. */
    static Traces begun() {
        Traces traces = new Traces();
        traces.start();
        traces.logger.setLevel(Level.INFO);
        traces.logger.addAppender(traces);
        return traces;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
    }

    /** What was logged, one line a message. */
    List<String> log() {
        return List.copyOf(lines);
    }

    /** How often something was logged. */
    long logged(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    /** Neither the log nor a file below the folder holds it. */
    void holdNo(String secret, Path folder) {
        assertThat(lines).noneMatch(line -> line.contains(secret));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> text(file).contains(secret)))
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        stop();
    }
}
