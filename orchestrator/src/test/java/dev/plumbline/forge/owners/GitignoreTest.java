package dev.plumbline.forge.owners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's patterns are those of gitignore, but for its exceptions: so Git itself says which paths they fit. */
class GitignoreTest {
    private static final List<String> NAMES = List.of("a", "ab", "b", "*", "**", "a*", "*b", "?", "a?", "*.tf", "a*b");
    private static final List<String> PATHS = List.of(
            "a",
            "ab",
            "b",
            "a/b",
            "b/a",
            "a/ab",
            "a/b/c",
            "ab/b/a",
            "b/a/b/ab",
            "a.tf",
            "a/a.tf",
            "b/ab/a.tf",
            "a/x/b/y");

    @Test
    void a_pattern_fits_the_paths_that_git_would_ignore(@TempDir Path folder) {
        GitClient.required();
        GitClient git = GitClient.init(folder);
        Random random = new Random(5);
        for (int i = 0; i < 250; i++) {
            String pattern = pattern(random);
            git.write(".gitignore", pattern + "\n");
            List<String> words = new ArrayList<>(List.of("check-ignore", "--no-index"));
            words.addAll(PATHS);

            TreeSet<String> ignored = git.tryRun(words.toArray(String[]::new))
                    .output()
                    .lines()
                    .collect(Collectors.toCollection(TreeSet::new));

            Demands file = Demands.of(Dialect.GITHUB, pattern + " @ada");
            assertThat(PATHS.stream().filter(path -> !file.over(path).isEmpty()).sorted())
                    .as(pattern)
                    .containsExactlyElementsOf(ignored);
        }
    }

    /** None that ends in a lone star below a folder: there GitHub doesn't reach into folders, other than Git. */
    private static String pattern(Random random) {
        List<String> names = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> NAMES.get(random.nextInt(NAMES.size())))
                .collect(Collectors.toCollection(ArrayList::new));
        if (names.get(names.size() - 1).equals("*")) {
            names.set(names.size() - 1, "a");
        }
        return (random.nextInt(3) == 0 ? "/" : "") + String.join("/", names) + (random.nextInt(3) == 0 ? "/" : "");
    }
}
