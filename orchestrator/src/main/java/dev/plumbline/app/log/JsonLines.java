package dev.plumbline.app.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.plumbline.secret.TerminalText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object a line: {@code ts} (UTC), {@code level}, {@code logger}, {@code message}, what the entry is about as fields of
 * their own ({@code run}, {@code stack}, {@code change}), and {@code exception} with the whole stack trace.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    private final JsonMapper mapper = new JsonMapper();
    private final ThrowableProxyConverter traces = new ThrowableProxyConverter();

    @Override
    public void start() {
        traces.setContext(getContext());
        traces.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = mapper.createObjectNode();
        line.put("ts", event.getInstant().toString());
        line.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        line.put("logger", event.getLoggerName());
        line.put("message", TerminalText.safe(event.getFormattedMessage()));
        new TreeMap<>(Map.copyOf(event.getMDCPropertyMap()))
                .forEach((about, what) -> line.put(about, TerminalText.safe(what)));
        if (event.getThrowableProxy() != null) {
            line.put("exception", TerminalText.safe(traces.convert(event)).stripTrailing());
        }
        return (mapper.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
