package dev.plumbline.app.benchmark;

import java.nio.file.Path;
import java.util.List;

/** How soon a server is ready, what memory it takes when nothing happens, and how soon a command is answered. */
final class Footprint {
    private static final int STARTS = 5;
    private static final int ASKED = 9;

    private final Workbench bench;
    private final Path launcher;

    Footprint(Workbench bench, Path launcher) {
        this.bench = bench;
        this.launcher = launcher;
    }

    List<Row> measure() throws InterruptedException {
        double[] ready = new double[STARTS];
        double[] idle = new double[STARTS];
        double[] status = new double[ASKED];
        for (int start = 0; start < STARTS; start++) {
            try (ServedHome server = new ServedHome(bench, launcher, "footprint" + start)) {
                ready[start] = server.readyMillis();
                idle[start] = server.residentMegabytes();
                if (start == STARTS - 1) {
                    server.plumbline("status");
                    for (int asked = 0; asked < ASKED; asked++) {
                        status[asked] = server.plumbline("status").millis();
                    }
                }
            }
        }
        return List.of(
                Row.below(3_000, "ms", "serve, from start to ready", new Samples(ready)),
                Row.below(200, "MB", "serve, idle", new Samples(idle)),
                Row.below(400, "ms", "plumbline status", new Samples(status)));
    }
}
