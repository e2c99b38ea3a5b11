package dev.plumbline.app.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Whole pushes of branches, as their users wait for them, in turn with bare Terraform on the same code. */
final class Pushes {
    private static final int STACKS = 100;
    private static final int SMALL_ROUNDS = 15;
    private static final int LARGE_ROUNDS = 5;

    private final Workbench bench;
    private final Path launcher;
    private final int atOnce = Runtime.getRuntime().availableProcessors();
    private int version;

    Pushes(Workbench bench, Path launcher) {
        this.bench = bench;
        this.launcher = launcher;
    }

    List<Row> measure() throws InterruptedException {
        SampleStacks sample = SampleStacks.generate(bench, "repository", STACKS);
        Path bareRoot = bench.folder().resolve("bare");
        sample.write(bareRoot, STACKS, 0);
        BareTerraform bare = new BareTerraform(bench, bareRoot);
        try (ServedHome server = new ServedHome(bench, launcher, "home")) {
            sample.git("push", server.remote(), "main");
            server.plumbline("approve", "--all");
            bare.apply(sample.folders(bareRoot, STACKS), atOnce);
            Row one = rounds(server, sample, bare, 1, SMALL_ROUNDS);
            Row all = rounds(server, sample, bare, STACKS, LARGE_ROUNDS);
            Samples after = new Samples(server.residentMegabytes());
            return List.of(one, all, new Row("serve, after all these pushes", after + " MB", "", "", ""));
        }
    }

    /** The first round warms up and is not counted; who goes first changes from round to round. */
    private Row rounds(ServedHome server, SampleStacks sample, BareTerraform bare, int touched, int rounds) {
        double[] pushed = new double[rounds];
        double[] planned = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            version++;
            double[] pair = new double[2];
            for (int turn = 0; turn < 2; turn++) {
                if ((turn + round) % 2 == 0) {
                    pair[0] = push(server, sample, touched);
                } else {
                    sample.write(bare.root(), touched, version);
                    pair[1] = bare.plan(sample.folders(bare.root(), touched), atOnce);
                }
            }
            if (round >= 0) {
                pushed[round] = pair[0];
                planned[round] = pair[1];
            }
        }
        return touched == 1
                ? small(new Samples(pushed), new Samples(planned))
                : large(touched, new Samples(pushed), new Samples(planned));
    }

    private double push(ServedHome server, SampleStacks sample, int touched) {
        String name = "branch" + version;
        sample.branch(name, touched, version);
        return sample.git("push", server.remote(), name).millis();
    }

    private static Row small(Samples pushed, Samples planned) {
        double extra = pushed.median() - planned.median();
        return new Row(
                "git push, 1 stack touched",
                pushed + " ms",
                planned + " ms",
                "bare + 300 ms",
                Row.verdict(extra <= 300, "bare + " + Samples.shown(extra) + " ms"));
    }

    private static Row large(int touched, Samples pushed, Samples planned) {
        double ratio = pushed.median() / planned.median();
        return new Row(
                "git push, " + touched + " stacks touched",
                pushed + " ms",
                planned + " ms",
                "0.6 × bare",
                Row.verdict(ratio <= 0.6, String.format(Locale.ROOT, "%.2f × bare", ratio)));
    }
}
