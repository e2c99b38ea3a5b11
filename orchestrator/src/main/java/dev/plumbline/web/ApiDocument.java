package dev.plumbline.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The API's description by OpenAPI 3.1, as it is published. */
final class ApiDocument {
    private static final String FILE = "/openapi.yaml";

    private ApiDocument() {}

    static byte[] yaml() {
        try (InputStream in = ApiDocument.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the program; it was not built whole");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
