package dev.plumbline.web.page;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Style, script and pictures. Their address holds a digest of their content, so that browsers keep them for good and a new
 * version is seen at once.
 */
final class Assets {
    static final String ROUTE = "/assets/{version}/{name}";

    private static final Map<String, String> TYPES = Map.of(
            "plumbline.css", "text/css",
            "plumbline.js", "text/javascript",
            "htmx.js", "text/javascript",
            "idiomorph.js", "text/javascript",
            "plumbline.svg", "image/svg+xml");

    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final String version;

    Assets() {
        MessageDigest digest = sha256();
        TYPES.keySet().stream().sorted().forEach(name -> {
            byte[] content = read(name);
            contents.put(name, content);
            digest.update(content);
        });
        version = HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    }

    /** Where they stand, with a slash at the end. */
    String base() {
        return "/assets/" + version + "/";
    }

    void answer(Context context) {
        byte[] content = contents.get(context.pathParam("name"));
        if (content == null || !context.pathParam("version").equals(version)) {
            throw new NotFoundResponse();
        }
        context.header("Cache-Control", "public, max-age=31536000, immutable")
                .contentType(Objects.requireNonNull(TYPES.get(context.pathParam("name"))) + ";charset=utf-8")
                .result(content);
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
