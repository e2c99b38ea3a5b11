package dev.plumbline.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.plumbline.config.ServerConfig.Log;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Sets how this process logs. Without it, entries look as logback.xml says: whole times, no colours, right for a file or the
 * journal.
 */
public final class LogOutput {
    /** The appender of logback.xml. */
    private static final String APPENDER = "STDERR";

    /** What Git or Terraform put into a message must neither forge a line nor reach a terminal as an escape sequence. */
    private static final String ON_A_TERMINAL = "%%d{HH:mm:ss} %s %%logger{0}: "
            + "%%replace(%%msg){'[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]+', ' '}%%n"
            + "%%replace(%%ex){'[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\\n\\t]]', ' '}%%nopex";

    private LogOutput() {}

    /** Who reads the log. */
    public enum Reader {
        /** A file, a journal, a pipe. */
        FILE,
        /** A person, in black and white. */
        PERSON,
        /** A person whose terminal shows colours. */
        PERSON_IN_COLOUR
    }

    /** Does so from now on, for the whole process. */
    public static void use(Log log, Reader reader) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            use(context, log, reader);
        }
    }

    static void use(LoggerContext context, Log log, Reader reader) {
        context.getLogger("dev.plumbline").setLevel(Level.valueOf(log.level().name()));
        if (!(context.getLogger("ROOT").getAppender(APPENDER) instanceof OutputStreamAppender<ILoggingEvent> output)) {
            return;
        }
        if (log.format() == Log.Format.JSON) {
            set(context, output, new JsonLines());
        } else if (reader != Reader.FILE) {
            PatternLayoutEncoder lines = new PatternLayoutEncoder();
            lines.setCharset(StandardCharsets.UTF_8);
            lines.setPattern(
                    ON_A_TERMINAL.formatted(reader == Reader.PERSON_IN_COLOUR ? "%highlight(%-5level)" : "%-5level"));
            set(context, output, lines);
        }
    }

    private static void set(
            LoggerContext context, OutputStreamAppender<ILoggingEvent> output, Encoder<ILoggingEvent> encoder) {
        encoder.setContext(context);
        encoder.start();
        output.setEncoder(encoder);
    }
}
