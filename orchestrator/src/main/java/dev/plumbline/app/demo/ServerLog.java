package dev.plumbline.app.demo;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends what the server logs to a file, in the form it has on a console, so that the story isn't interrupted by it. */
final class ServerLog implements AutoCloseable {
    private static final String CONSOLE = "STDERR";

    private final Logger root;
    private final ConsoleAppender<ILoggingEvent> console;
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();

    ServerLog(Path path) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        console = console(root.getAppender(CONSOLE));
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(((PatternLayoutEncoder) console.getEncoder()).getPattern());
        encoder.start();
        file.setContext(context);
        file.setName("DEMO");
        file.setFile(path.toString());
        file.setEncoder(encoder);
        file.start();
        root.addAppender(file);
        root.detachAppender(console);
    }

    private static ConsoleAppender<ILoggingEvent> console(Appender<ILoggingEvent> appender) {
        if (appender instanceof ConsoleAppender<ILoggingEvent> found) {
            return found;
        }
        throw new IllegalStateException("logback.xml has no appender " + CONSOLE);
    }

    @Override
    public void close() {
        root.addAppender(console);
        root.detachAppender(file);
        file.stop();
    }
}
