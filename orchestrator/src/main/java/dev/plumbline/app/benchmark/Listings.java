package dev.plumbline.app.benchmark;

import dev.plumbline.git.Mirrors;
import dev.plumbline.store.Database;
import dev.plumbline.web.ServerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the API takes to list all stacks of a large server, and a log of 50 MB to read piece by piece. The home is written
 * as a server leaves it once all stacks were applied, since applying them would take longer than the rest of the benchmark.
 */
final class Listings {
    private static final int STACKS = 10_000;
    private static final int ROUNDS = 15;
    private static final double LISTED_MILLIS = 200;
    private static final double PAGE_MILLIS = 1_000;
    private static final int LOG_LINES = 500_000;
    private static final double PIECE_MILLIS = 100;

    private final Workbench bench;
    private final Path launcher;

    Listings(Workbench bench, Path launcher) {
        this.bench = bench;
        this.launcher = launcher;
    }

    List<Row> measure() throws InterruptedException {
        Path home = bench.folder().resolve("large");
        prepare(home);
        try (ServedHome server = new ServedHome(bench, launcher, "large")) {
            String count = String.format(Locale.ROOT, "%,d", STACKS);
            return List.of(
                    listed(server, "/api/v1/stacks", "GET /api/v1/stacks, " + count, LISTED_MILLIS),
                    listed(server, "/api/v1/status", "GET /api/v1/status, " + count + " stacks", LISTED_MILLIS),
                    listed(server, "/?q=stack77", "the page of stacks with a search, " + count, PAGE_MILLIS),
                    read(server));
        }
    }

    private void prepare(Path home) {
        SampleStacks sample = SampleStacks.generate(bench, "large-checkout", STACKS);
        String commit = sample.git("rev-parse", "main").lines().get(0);
        String tree = sample.git("rev-parse", "main^{tree}").lines().get(0);
        try (Mirrors mirrors = new Mirrors(home.resolve("git"))) {
            sample.git(
                    "push",
                    "-q",
                    mirrors.openOrCreate("main").repository().getDirectory().toString(),
                    "main");
        }
        try (Database database = Database.open(home.resolve("plumbline.db"), Clock.systemUTC())) {
            database.change(transaction -> {
                long number = 0;
                for (Path folder : sample.folders(Path.of(""), STACKS)) {
                    transaction.handle().execute("""
                            INSERT INTO intent (id, repository, folder, merge_id, commit_sha, tree, kind, why, code, state,
                                                reason, reader, rule, approvals, at)
                            VALUES (?, 'main', ?, 1, ?, ?, 'APPLY', 'new', 'code', 'applied', 'by r1', FALSE,
                                    'APPROVE', 0, 1)
                            """, ++number, folder.toString(), commit, tree);
                    transaction.handle().execute("""
                            INSERT INTO stack (repository, folder, applied_commit, applied_run, applied_at,
                                               drift_checked_at, drift_next_at)
                            VALUES ('main', ?, ?, 1, 1, 1, 9000000000000)
                            """, folder.toString(), commit);
                }
                transaction.handle().execute("""
                        INSERT INTO push (id, repository, branch, new_commit, actor, at, handled)
                        VALUES (1, 'main', 'main', ?, 'owner', 1, TRUE)
                        """, commit);
                transaction.handle().execute("""
                        INSERT INTO counter (name, value) VALUES ('push', 1), ('intent', ?), ('run', 1)
                        """, number);
                transaction.handle().execute("""
                        INSERT INTO run (number, repository, folder, phase, destroy, commit_sha, tree, subject, given, priority,
                                         state, reason, handed_over, queued_at)
                        VALUES (1, 'main', 'stacks/group0/stack0', 'plan', FALSE, ?, ?, 'change/1', '', 1, 'cancelled',
                                'no reason', FALSE, 1)
                        """, commit, tree);
            });
        }
        writeLog(home.resolve("runs/r1/log"));
    }

    private static void writeLog(Path file) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, ("x".repeat(99) + "\n").repeat(LOG_LINES));
        } catch (IOException cause) {
            throw new UncheckedIOException("can't write " + file, cause);
        }
    }

    private Row listed(ServedHome server, String path, String what, double target) throws InterruptedException {
        answer(server, path);
        double[] took = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            answer(server, path);
            took[round] = (System.nanoTime() - began) / 1e6;
        }
        return Row.below(target, "ms", what, new Samples(took));
    }

    /** Piece by piece, as logs -f and the pages do. */
    private Row read(ServedHome server) throws InterruptedException {
        List<Double> took = new ArrayList<>();
        String next = "0";
        String after = "";
        while (!next.equals(after)) {
            long began = System.nanoTime();
            String piece = answer(server, "/api/v1/runs/1/log?offset=" + next);
            took.add((System.nanoTime() - began) / 1e6);
            after = next;
            next = piece.replaceFirst("(?s).*\"next\":\\s*(\\d+).*", "$1");
        }
        double[] each = took.stream().mapToDouble(Double::doubleValue).toArray();
        return Row.below(PIECE_MILLIS, "ms", "each piece of a log of 50 MB", new Samples(each));
    }

    private static String answer(ServedHome server, String path) throws InterruptedException {
        ServerFile file = server.file();
        HttpRequest request = HttpRequest.newBuilder(URI.create(file.url() + path))
                .header("Authorization", "Bearer " + file.token())
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new BenchmarkFailed(path + " was answered with status " + response.statusCode());
            }
            return response.body();
        } catch (IOException cause) {
            throw new UncheckedIOException("the server does not answer " + path, cause);
        }
    }
}
