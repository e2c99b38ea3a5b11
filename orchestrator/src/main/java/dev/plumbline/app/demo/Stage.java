package dev.plumbline.app.demo;

import dev.plumbline.cli.CliContext;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.StateFile;
import dev.plumbline.web.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the chapters play on: a user's terminal with {@code git} and {@code plumbline}, and a look behind the curtain. */
final class Stage {
    private static final String REPOSITORY = "main";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final CliContext context;
    private final DemoFolder folder;
    private final Narrator narrator;
    private final GitUser git;
    private final PlumblineUser plumbline;
    private final DemoServer server;

    Stage(
            CliContext context,
            DemoFolder folder,
            Narrator narrator,
            GitUser git,
            PlumblineUser plumbline,
            DemoServer server) {
        this.context = context;
        this.folder = folder;
        this.narrator = narrator;
        this.git = git;
        this.plumbline = plumbline;
        this.server = server;
    }

    DemoFolder folder() {
        return folder;
    }

    void say(String text) {
        narrator.say(text);
    }

    /** Says a claim that holds, and ends the story at one that doesn't. */
    void check(String claim, boolean holds, Supplier<String> why) {
        if (!holds) {
            throw new StepFailed("it is not true that " + claim + ": " + why.get());
        }
        narrator.checked(claim);
    }

    void show(String line) {
        narrator.output(line);
    }

    /** A claim that comes true by itself within a moment. */
    void await(String claim, BooleanSupplier holds, Supplier<String> why) {
        Instant until = context.clock().instant().plus(PATIENCE);
        while (!holds.getAsBoolean() && context.clock().instant().isBefore(until)) {
            context.pace().await(BETWEEN_LOOKS);
        }
        check(claim, holds.getAsBoolean(), why);
    }

    /** Types a git command that must succeed. */
    Ended git(String... arguments) {
        narrator.typed("git " + spoken(List.of(arguments)));
        return succeeded(git.run(List.of(arguments), narrator::output));
    }

    /** A git command that goes without saying. */
    Ended quietGit(String... arguments) {
        return succeeded(git.run(List.of(arguments), line -> {}));
    }

    void addRemote() {
        String address = server.remote(REPOSITORY);
        narrator.typed("git remote add plumbline " + address.replaceFirst("plumbline:[^@]*@", "plumbline:TOKEN@"));
        succeeded(git.run(List.of("remote", "add", "plumbline", address), narrator::output));
    }

    String head() {
        return quietGit("rev-parse", "HEAD").lines().get(0).text();
    }

    /** Types a plumbline command that must end with that status. */
    Ended plumbline(int status, String... arguments) {
        narrator.typed("plumbline " + spoken(List.of(arguments)));
        Ended ended = plumbline.run(List.of(arguments));
        ended.lines().forEach(line -> narrator.output(line.text()));
        if (ended.status() != status) {
            throw new StepFailed("'" + ended.command() + "' ended with status " + ended.status() + ", not " + status
                    + ":" + ended.tail());
        }
        return ended;
    }

    /** Changes a text that stands in a file of the repository, as {@code sed} would. */
    void replace(String file, String from, String to) {
        narrator.typed("sed -i 's|" + from + "|" + to + "|' " + file);
        Path path = folder.repository().resolve(file);
        try {
            String text = Files.readString(path);
            if (!text.contains(from)) {
                throw new StepFailed(file + " has no '" + from + "'");
            }
            Files.writeString(path, text.replace(from, to));
        } catch (IOException cause) {
            throw new StepFailed(path + " can't be changed: " + cause, cause);
        }
    }

    /** Has the DNS provider, which a file stands for, answer from another name server. */
    void serveFrom(String nameServer, boolean aloud) {
        if (aloud) {
            narrator.typed("echo " + nameServer + " >" + folder.repository().relativize(folder.dnsProvider()));
        }
        try {
            Files.writeString(folder.dnsProvider(), nameServer + "\n");
        } catch (IOException cause) {
            throw new StepFailed(folder.dnsProvider() + " can't be written: " + cause, cause);
        }
    }

    Views.Status status() {
        return plumbline.ask(Views.Status.class, "status");
    }

    /** What the server says of one stack. */
    Views.Stack stack(String id) {
        return status().stacks().stream()
                .filter(stack -> stack.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new StepFailed("the server knows no stack " + id));
    }

    Views.Change change(long number) {
        return plumbline
                .ask(Views.ChangeDetail.class, "change", String.valueOf(number))
                .change();
    }

    /** The newest first. */
    List<Views.Run> runs() {
        return plumbline.list(Views.Run.class, "runs");
    }

    /** The state that the server keeps of a stack. */
    StateFile state(String id) {
        return StateFile.parse(server.managedState(new StackId(REPOSITORY, id))
                .orElseThrow(() -> new StepFailed("the server keeps no state of " + id)));
    }

    /** Shows what stands in a stack's state. */
    void showState(String id) {
        StateFile state = state(id);
        narrator.output("");
        narrator.output("state of " + id + ": serial " + state.serial() + ", " + state.managedInstances()
                + (state.managedInstances() == 1 ? " resource" : " resources"));
        state.outputs().forEach((name, output) -> narrator.output("  " + name + " = " + output.json()));
    }

    private static Ended succeeded(Ended ended) {
        if (ended.status() != 0) {
            throw new StepFailed("'" + ended.command() + "' ended with status " + ended.status() + ":" + ended.tail());
        }
        return ended;
    }

    private static String spoken(List<String> arguments) {
        return arguments.stream()
                .map(word -> word.contains(" ") ? "\"" + word + "\"" : word)
                .reduce((one, next) -> one + " " + next)
                .orElse("");
    }
}
