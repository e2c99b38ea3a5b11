package dev.plumbline.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The server's own log, as the shipped configuration writes it. */
class LogFormatTest {
    @Test
    void a_message_can_neither_forge_a_line_nor_send_escapes_to_a_terminal() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        ConsoleAppender<ILoggingEvent> appender =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDERR");
        LoggingEvent event = new LoggingEvent(
                "x",
                context.getLogger("dev.plumbline.Some"),
                ch.qos.logback.classic.Level.WARN,
                "pushed \u001b[31mred\r\n2026 ERROR forged {}",
                new IllegalStateException("broken \u001b]0;title\u0007 here"),
                new Object[] {"\u0085"});

        String line = new String(((PatternLayoutEncoder) appender.getEncoder()).encode(event), StandardCharsets.UTF_8);
        context.stop();

        assertThat(line.lines().findFirst().orElseThrow())
                .contains(" WARN ", " Some: pushed  [31mred 2026 ERROR forged  ");
        assertThat(line)
                .contains("IllegalStateException: broken  ]0;title  here", "\n\tat dev.plumbline.web.LogFormatTest");
        assertThat(line.replaceAll("[\n\t]", "")).doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}]");
        assertThat(line.split("LogFormatTest.a_message", -1))
                .as("the stack trace stands there once")
                .hasSize(2);
    }
}
