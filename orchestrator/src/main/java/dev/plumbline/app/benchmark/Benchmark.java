package dev.plumbline.app.benchmark;

import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All measurements, one after the other, and their table. Nothing here fails because something is slow. */
public final class Benchmark {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path launcher;

    /** @param launcher the program that users type */
    public Benchmark(Terminal terminal, Map<String, String> environment, Path launcher) {
        this.terminal = terminal;
        this.environment = environment;
        this.launcher = launcher;
    }

    /** Measures and prints. */
    public void run() throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (Workbench bench = new Workbench(environment)) {
            terminal.error("working in " + bench.folder() + ", about five minutes");
            terminal.error("start, memory, status …");
            rows.addAll(new Footprint(bench, launcher).measure());
            terminal.error("finding one of many …");
            Finding finding = new Finding(bench);
            rows.addAll(finding.measure(1_000));
            rows.addAll(finding.measure(10_000));
            terminal.error("listings, logs …");
            rows.addAll(new Listings(bench, launcher).measure());
            terminal.error("pushes …");
            rows.addAll(new Pushes(bench, launcher).measure());
        }
        print(rows);
    }

    private void print(List<Row> rows) {
        Table table = new Table("MEASURED", "MIN / MEDIAN / MAX", "BARE TERRAFORM", "TARGET", "REACHED");
        for (Row row : rows) {
            table.row(
                    Table.Cell.of(row.what()),
                    Table.Cell.of(row.measured()),
                    Table.Cell.of(row.against()),
                    Table.Cell.of(row.target()),
                    new Table.Cell(
                            row.reached(),
                            row.reached().startsWith("yes") ? Style.ofState("applied") : Style.ofState("failed")));
        }
        table.print(terminal);
    }
}
