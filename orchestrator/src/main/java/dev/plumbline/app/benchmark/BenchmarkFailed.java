package dev.plumbline.app.benchmark;

/** Something that is measured did not work, so there is nothing to tell about its speed. */
public final class BenchmarkFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchmarkFailed(String message) {
        super(message);
    }
}
