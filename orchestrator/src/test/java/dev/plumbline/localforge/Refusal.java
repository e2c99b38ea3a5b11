package dev.plumbline.localforge;

import java.util.Map;

/** A call that isn't done. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    public Refusal(int status, String message) {
        this(status, message, Map.of());
    }

    public Refusal(int status, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.headers = headers;
    }

    public static Refusal notFound() {
        return new Refusal(404, "Not Found");
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
