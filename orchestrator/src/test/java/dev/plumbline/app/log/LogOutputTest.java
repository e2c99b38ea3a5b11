package dev.plumbline.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import dev.plumbline.app.log.LogOutput.Reader;
import dev.plumbline.config.ServerConfig.Log;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each reader of the server's log gets to see. */
class LogOutputTest {
    private static final Log TEXT = new Log(Log.Format.TEXT, Log.Level.INFO);
    private static final Log JSON = new Log(Log.Format.JSON, Log.Level.INFO);

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void asShipped() throws Exception {
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void json_is_one_object_a_line_with_what_it_is_about_as_fields() {
        LogOutput.use(context, JSON, Reader.FILE);
        LoggingEvent event = event("apply of {} ended", null, "stacks/app");
        event.setMDCPropertyMap(Map.of("run", "12", "stack", "stacks/app"));
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));

        String line = written(event);

        assertThat(line).endsWith("\n").hasLineCount(1);
        assertThat(line)
                .isEqualTo("{\"ts\":\"2026-01-02T03:04:05.678Z\",\"level\":\"warn\","
                        + "\"logger\":\"dev.plumbline.Some\",\"message\":\"apply of stacks/app ended\","
                        + "\"run\":\"12\",\"stack\":\"stacks/app\"}\n");
    }

    @Test
    void json_holds_a_whole_stack_trace_in_one_field_and_no_control_character() {
        LogOutput.use(context, JSON, Reader.FILE);

        String line = written(event(
                "pushed \u001b[31mred\r\n{\"level\":\"forged\"} \u009b1m {}",
                new IllegalStateException("broken \u001b]0;title\u0007 here"),
                "\u2028"));

        assertThat(line).hasLineCount(1).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]|[\\x{80}-\\x{9f}\\x{2028}]");
        JsonNode read = new JsonMapper().readTree(line);
        assertThat(read.path("message").stringValue()).startsWith("pushed red\n{\"level\":\"forged\"}");
        assertThat(read.path("exception").stringValue())
                .startsWith("java.lang.IllegalStateException: broken  here")
                .contains("\n\tat dev.plumbline.app.log.LogOutputTest");
    }

    @Test
    void a_person_gets_short_lines_in_colour_only_where_the_terminal_shows_it() {
        LogOutput.use(context, TEXT, Reader.PERSON);
        assertThat(written(event("careful\u001b[31m\nforged", null)))
                .matches("\\d\\d:\\d\\d:\\d\\d WARN  Some: careful [^\\n]*\\n");

        LogOutput.use(context, TEXT, Reader.PERSON_IN_COLOUR);
        assertThat(written(event("careful", null))).contains("\u001b[31mWARN ").endsWith(" Some: careful\n");
    }

    @Test
    void a_file_gets_whole_times() {
        LogOutput.use(context, TEXT, Reader.FILE);

        assertThat(written(event("careful", null))).matches("\\d{4}-\\d\\d-\\d\\dT[^ ]+ WARN  Some: careful\\n");
    }

    @Test
    void the_level_is_that_of_the_configuration() {
        LogOutput.use(context, new Log(Log.Format.TEXT, Log.Level.ERROR), Reader.FILE);
        assertThat(context.getLogger("dev.plumbline.Some").getEffectiveLevel()).isEqualTo(Level.ERROR);

        LogOutput.use(context, new Log(Log.Format.TEXT, Log.Level.DEBUG), Reader.FILE);
        assertThat(context.getLogger("dev.plumbline.Some").isDebugEnabled()).isTrue();
        assertThat(context.getLogger("org.other").isInfoEnabled())
                .as("the libraries stay quiet")
                .isFalse();
    }

    private LoggingEvent event(String message, @Nullable Throwable thrown, Object... arguments) {
        return new LoggingEvent("x", context.getLogger("dev.plumbline.Some"), Level.WARN, message, thrown, arguments);
    }

    private String written(LoggingEvent event) {
        ConsoleAppender<ILoggingEvent> appender =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDERR");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
