package dev.plumbline.app;

import dev.plumbline.app.metrics.Metrics;
import dev.plumbline.app.metrics.Readiness;
import dev.plumbline.web.Health;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** How this server is: not ready while it starts or stops, nor while its disk or its database fails it. */
final class ServerHealth implements Health {
    private final BooleanSupplier up;
    private final Readiness readiness;
    private final Metrics metrics;

    /**
     * @param up whether it has started and does not stop yet
     * @param metrics made with what {@link #trouble} says
     */
    ServerHealth(BooleanSupplier up, Readiness readiness, Function<Supplier<Optional<String>>, Metrics> metrics) {
        this.up = up;
        this.readiness = readiness;
        this.metrics = metrics.apply(this::trouble);
    }

    @Override
    public Optional<String> trouble() {
        return up.getAsBoolean() ? readiness.trouble() : Optional.of("It is starting or stopping.");
    }

    @Override
    public String metrics() {
        return metrics.text();
    }

    @Override
    public void answered(int status) {
        metrics.answered(status);
    }
}
