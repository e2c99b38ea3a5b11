package dev.plumbline.app.benchmark;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.MergePreview;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.stack.ChangeImpact;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackCatalogReader;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes to find the one stack of many that a branch touches: the merge preview, the stacks of both trees, and the
 * comparison, as the server does it between a push and the first plan.
 */
final class Finding {
    private static final int ROUNDS = 15;
    private static final int COLD_ROUNDS = 3;
    private static final double WARM_MILLIS = 50;
    private static final double COLD_MILLIS = 2_000;

    private final Workbench bench;

    Finding(Workbench bench) {
        this.bench = bench;
    }

    List<Row> measure(int stacks) {
        String name = "find" + stacks;
        SampleStacks sample = SampleStacks.generate(bench, name + "-checkout", stacks);
        String count = String.format(Locale.ROOT, "%,d", stacks);
        try (Mirrors mirrors = new Mirrors(bench.folder().resolve(name))) {
            Mirror mirror = mirrors.openOrCreate("main");
            String place = mirror.repository().getDirectory().toString();
            sample.git("push", "-q", place, "main");
            for (int round = 0; round < ROUNDS + COLD_ROUNDS; round++) {
                sample.branch("branch" + round, 1, round + 1);
                sample.git("push", "-q", place, "branch" + round);
            }
            double[] cold = new double[COLD_ROUNDS];
            for (int round = 0; round < COLD_ROUNDS; round++) {
                // A folder of its own and nothing remembered, as after the start of a server.
                try (Mirrors fresh = new Mirrors(bench.folder().resolve(name))) {
                    cold[round] = find(fresh.openOrCreate("main"), new StackCatalogReader(List.of()), ROUNDS + round);
                }
            }
            StackCatalogReader reader = new StackCatalogReader(List.of());
            find(mirror, reader, ROUNDS);
            double[] warm = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                warm[round] = find(mirror, reader, round);
            }
            return List.of(
                    Row.below(WARM_MILLIS, "ms", "finding 1 stack of " + count + ", warm", new Samples(warm)),
                    Row.below(COLD_MILLIS, "ms", "finding 1 stack of " + count + ", cold", new Samples(cold)));
        }
    }

    private static double find(Mirror mirror, StackCatalogReader reader, int round) {
        CommitSha base = mirror.branch("main").orElseThrow();
        CommitSha head = mirror.branch("branch" + round).orElseThrow();
        long began = System.nanoTime();
        MergePreview preview = mirror.previewMerge(base, head);
        if (!(preview instanceof MergePreview.Merged merged)) {
            throw new BenchmarkFailed("a branch of the generated repository can't be merged: " + preview);
        }
        StackCatalog before = reader.read("main", mirror.tree(base));
        StackCatalog after = reader.read("main", mirror.treeById(merged.treeId()));
        int touched = ChangeImpact.between(before, after).size();
        double millis = (System.nanoTime() - began) / 1e6;
        if (touched != 1) {
            throw new BenchmarkFailed(touched + " stacks were found where one was touched");
        }
        return millis;
    }
}
