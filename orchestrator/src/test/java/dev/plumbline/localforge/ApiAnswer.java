package dev.plumbline.localforge;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer on its way out. */
public record ApiAnswer(int status, byte[] body, Map<String, String> headers) {
    public ApiAnswer(int status, Optional<JsonNode> body) {
        this(
                status,
                body.map(json -> JsonMapper.shared().writeValueAsBytes(json)).orElseGet(() -> new byte[0]),
                Map.of());
    }

    public ApiAnswer with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new ApiAnswer(status, body, all);
    }

    /** Whoever has it already is told so, and gets nothing. */
    public ApiAnswer unlessKnown(Optional<String> tag) {
        String own = "W/\"" + HexFormat.of().formatHex(digest()) + "\"";
        ApiAnswer tagged = with(Map.of("ETag", own));
        return status == 200 && tag.filter(own::equals).isPresent()
                ? new ApiAnswer(304, new byte[0], tagged.headers())
                : tagged;
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public void send(HttpExchange exchange) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }
}
