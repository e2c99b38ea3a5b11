package dev.plumbline.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A user's checkout, and what the real {@code git} prints when it pushes to the server. */
final class Repo {
    private final GitClient git;
    private final Supplier<String> remote;

    Repo(GitClient git, Supplier<String> remote) {
        this.git = git;
        this.remote = remote;
    }

    /** @param said what the server said: the {@code remote:} lines without that word */
    record Pushed(int exit, String output, String said) {}

    Repo write(String path, String content) {
        git.write(path, content);
        return this;
    }

    /** A stack that keeps one value, and gives it out as {@code value}. */
    Repo stack(String folder, String value) {
        return write(folder + "/main.tf", """
                        resource "terraform_data" "it" { input = "%s" }
                        output "value" { value = terraform_data.it.input }
                        """.formatted(value));
    }

    /** A stack that keeps what another one gives out. */
    Repo reader(String folder, String upstream) {
        return write(folder + "/main.tf", """
                        variable "value" {}
                        resource "terraform_data" "reader" { input = "reads ${var.value}" }
                        output "value" { value = terraform_data.reader.input }
                        """)
                .write(folder + "/stack.yaml", "inputs:\n  value: " + upstream + ".value\n");
    }

    Repo commit(String message) {
        git.commit(message);
        return this;
    }

    Repo branch(String name) {
        git.run("checkout", "-q", "-b", name);
        return this;
    }

    Repo checkout(String name) {
        git.run("checkout", "-q", name);
        return this;
    }

    Repo run(String... words) {
        git.run(words);
        return this;
    }

    String head() {
        return git.head().hex();
    }

    /** Where a branch is at the remote. */
    String fetched(String branch) {
        git.run("fetch", "-q", remote.get(), branch);
        return git.run("rev-parse", "FETCH_HEAD");
    }

    Path folder() {
        return git.folder();
    }

    /** Pushes, and waits until git has ended. */
    Pushed push(String... words) {
        return pushing(words).ended();
    }

    /** Starts to push. */
    Pushing pushing(String... words) {
        List<String> all = new ArrayList<>(List.of("push"));
        List<String> refs = new ArrayList<>();
        for (String word : words) {
            (word.startsWith("-") ? all : refs).add(word);
        }
        all.add(remote.get());
        all.addAll(refs);
        try {
            return new Pushing(git.start(all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A push that goes on. */
    static final class Pushing {
        private final Process process;
        private final StringBuffer output = new StringBuffer();
        private final AtomicReference<IOException> broken = new AtomicReference<>();
        private final Thread reader;

        private Pushing(Process process) {
            this.process = process;
            this.reader = new Thread(this::read, "what git prints");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.append(line.replace("\u001b[K", "").stripTrailing()).append('\n');
                }
            } catch (IOException e) {
                broken.set(e);
            }
        }

        /** Waits until it has printed something. */
        Pushing says(String text) {
            Awaitility.await("git prints: " + text)
                    .atMost(60, SECONDS)
                    .conditionEvaluationListener(condition -> {
                        if (condition.getRemainingTimeInMS() < 200) {
                            System.err.println(output);
                        }
                    })
                    .until(() -> output.indexOf(text) >= 0);
            return this;
        }

        boolean going() {
            return process.isAlive();
        }

        void kill() {
            process.destroyForcibly();
        }

        Pushed ended() {
            try {
                if (!process.waitFor(60, SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("git push still hangs after a minute; it printed:\n" + output);
                }
                reader.join(10_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            String all = output.toString();
            String said = all.lines()
                    .filter(line -> line.startsWith("remote:"))
                    .map(line -> line.replaceFirst("^remote: ?", ""))
                    .collect(Collectors.joining("\n"));
            return new Pushed(process.exitValue(), all, said);
        }

        Pushed succeeds() {
            Pushed ended = ended();
            assertThat(ended.exit()).as(ended.output()).isZero();
            return ended;
        }
    }
}
