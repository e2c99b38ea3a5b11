package dev.plumbline.app.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What somebody without Plumbline does: a shell loop of {@code init} and {@code plan} over the stacks, so many at a time. */
record BareTerraform(Workbench bench, Path root) {
    private static final String PLAN = """
            cd "$1" && terraform init -input=false >init.log && terraform plan -input=false -out=plan.out >plan.log
            """;
    private static final String APPLY = """
            cd "$1" && terraform init -input=false >init.log && terraform apply -input=false -auto-approve >apply.log
            """;

    /** How long the loop takes, in milliseconds; each stack is initialised anew, as in a fresh checkout. */
    double plan(List<Path> stacks, int atOnce) {
        stacks.forEach(BareTerraform::forgetInit);
        return loop(PLAN, stacks, atOnce);
    }

    void apply(List<Path> stacks, int atOnce) {
        loop(APPLY, stacks, atOnce);
    }

    private double loop(String script, List<Path> stacks, int atOnce) {
        List<String> words = new ArrayList<>();
        if (stacks.size() == 1) {
            words.addAll(List.of("sh", "-c", script, "sh", stacks.get(0).toString()));
        } else {
            Path list = root.resolve("stacks.txt");
            write(list, String.join("\n", stacks.stream().map(Path::toString).toList()));
            words.addAll(List.of(
                    "xargs", "-a", list.toString(), "-P", String.valueOf(atOnce), "-n", "1", "sh", "-c", script, "sh"));
        }
        return bench.run(root, words).millis();
    }

    private static void forgetInit(Path stack) {
        try {
            Files.deleteIfExists(stack.resolve(".terraform.lock.hcl"));
            Files.deleteIfExists(stack.resolve("plan.out"));
            Path data = stack.resolve(".terraform");
            if (Files.exists(data)) {
                try (var all = Files.walk(data)) {
                    for (Path file :
                            all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("can't clear " + stack, cause);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't write " + file, cause);
        }
    }
}
