package dev.plumbline.forge.owners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Gitea asks the owners of changed files for a review: the same that we find, for patterns of all kinds. */
class GiteaOwnersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Gitea lists no more than ten whom it asked. */
    private static final int PEOPLE = 10;

    private static final List<String> PATHS =
            List.of("a.go", "stacks/network/main.tf", "stacks/a b/x.tf", "docs/a#b.md", "docs/aws/deep/r.md", "ab/ba");
    private static final List<String> WRITTEN = List.of(
            ".*\\\\.tf",
            "/stacks/.*",
            "stacks",
            "!/docs/.*",
            "a|ba",
            "docs/(aws|gcp)/[^/]*\\\\.md",
            "stacks/a\\ b/.*",
            "docs/a\\#b.md",
            "(?i)STACKS/.*",
            "[a-c]+/?[^x]*");

    @Test
    void gitea_asks_those_whom_we_find(@TempDir Path folder) {
        try (RealGitea gitea = RealGitea.started(folder.resolve("gitea"))) {
            RealGitea.Person ada = gitea.person("ada");
            IntStream.range(0, PEOPLE).forEach(i -> gitea.person("u" + i));
            Random random = new Random(11);
            asksTheSame(gitea, ada, folder, "written", lines(WRITTEN));
            asksTheSame(
                    gitea,
                    ada,
                    folder,
                    "random",
                    lines(IntStream.range(0, PEOPLE)
                            .mapToObj(i -> expression(random))
                            .toList()));
        }
    }

    private static String lines(List<String> patterns) {
        return IntStream.range(0, patterns.size())
                .mapToObj(i -> patterns.get(i) + (i % 2 == 0 ? " @u" : "\tu") + i + " # u0\n")
                .collect(Collectors.joining());
    }

    /** A row of parts, each repeated by itself only: Gitea's own engine doesn't come to an end on some where repetitions nest. */
    private static String expression(Random random) {
        String parts = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> part(random))
                .collect(Collectors.joining());
        return (random.nextInt(5) == 0 ? "!" : "")
                + (random.nextBoolean() ? ".*" : "")
                + parts
                + (random.nextBoolean() ? ".*" : "");
    }

    private static String part(Random random) {
        List<String> atoms = List.of("a", "b", "/", ".", "s", "[^/]", "\\\\w", "[a-f]", "stacks", "docs");
        String atom = atoms.get(random.nextInt(atoms.size()));
        return switch (random.nextInt(6)) {
            case 0 -> "(" + atom + "|" + atoms.get(random.nextInt(atoms.size())) + ")";
            case 1 -> "(" + atom + ")*";
            case 2 -> "(?:" + atom + "){1,3}";
            case 3 -> "(" + atom + ")+?";
            case 4 -> atom + "|" + atoms.get(random.nextInt(atoms.size()));
            default -> atom;
        };
    }

    private static void asksTheSame(RealGitea gitea, RealGitea.Person ada, Path folder, String name, String written) {
        String at = "/repos/ada/" + name;
        gitea.repository(ada, name);
        GitClient git = GitClient.init(folder.resolve(name));
        git.write("CODEOWNERS", written).commit("Owners");
        git.run("push", "-q", ada.remote("ada/" + name), "main");
        CodeOwners owners = CodeOwners.read(Dialect.GITEA, written);
        List<Long> pulls = new ArrayList<>();
        for (String path : PATHS) {
            String branch = "b" + pulls.size();
            git.run("checkout", "-q", "-b", branch, "main");
            git.write(path, "x\n").commit(path);
            git.run("push", "-q", ada.remote("ada/" + name), branch);
            Awaitility.await(branch)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> gitea.get(at + "/branches/" + branch).has("name"));
            pulls.add(ada.does("POST", at + "/pulls", Map.of("head", branch, "base", "main", "title", path))
                    .path("number")
                    .asLong());
        }
        for (int i = 0; i < PATHS.size(); i++) {
            long pull = pulls.get(i);
            TreeSet<String> ours = owners(owners, PATHS.get(i));
            Awaitility.await(PATHS.get(i) + " by\n" + written)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(asked(gitea, at, pull)).isEqualTo(ours));
        }
    }

    private static TreeSet<String> owners(CodeOwners owners, String path) {
        Demand demand = owners.required(List.of(path));
        assertThat(demand).isInstanceOf(Demand.Known.class);
        return ((Demand.Known) demand)
                .requirements().stream()
                        .flatMap(requirement -> requirement.owners().stream())
                        .map(owner -> owner.toString().substring(1))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> asked(RealGitea gitea, String at, long pull) {
        return gitea.get(at + "/pulls/" + pull)
                .path("requested_reviewers")
                .valueStream()
                .map(person -> person.path("login").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
