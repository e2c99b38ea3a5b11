package dev.plumbline.app.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A generated repository: stacks of one resource of Terraform's built-in provider each, ten to a folder. */
record SampleStacks(Workbench bench, Path root, int count) {

    /** Makes the repository with its first commit on main. */
    static SampleStacks generate(Workbench bench, String name, int count) {
        SampleStacks made = new SampleStacks(bench, bench.folder().resolve(name), count);
        made.write(made.root, count, 0);
        made.git("init", "-q", "-b", "main");
        made.commit("Stacks as they began");
        return made;
    }

    /** Writes the first so many stacks anew below a folder, each with another value. */
    void write(Path place, int howMany, int version) {
        IntStream.range(0, howMany).forEach(number -> stack(place.resolve(folder(number)), number, version));
    }

    private static void stack(Path folder, int number, int version) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("main.tf"), """
                    resource "terraform_data" "this" {
                      input = "%d of stack %d"
                    }

                    output "value" {
                      value = terraform_data.this.output
                    }
                    """.formatted(version, number));
        } catch (IOException cause) {
            throw new UncheckedIOException("can't write " + folder, cause);
        }
    }

    List<Path> folders(Path place, int howMany) {
        return IntStream.range(0, howMany)
                .mapToObj(number -> place.resolve(folder(number)))
                .toList();
    }

    private static Path folder(int number) {
        return Path.of("stacks", "group" + number / 10, "stack" + number);
    }

    /** Makes a branch on main that touches the first so many stacks. */
    void branch(String name, int touched, int version) {
        git("checkout", "-q", "-B", name, "main");
        write(root, touched, version);
        commit("Another value for " + touched);
    }

    private void commit(String message) {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    Workbench.Ended git(String... words) {
        List<String> all = new ArrayList<>(List.of("git"));
        all.addAll(List.of(words));
        return bench.run(root, all);
    }
}
