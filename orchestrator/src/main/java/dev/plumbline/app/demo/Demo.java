package dev.plumbline.app.demo;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.config.Glob;
import dev.plumbline.config.ListenAddress;
import dev.plumbline.config.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Tells the whole story on this machine: a server, a repository, plans, approvals and applies, all of them real, in a
 * temporary folder that is removed at the end. Each step checks what it says.
 */
public final class Demo {
    /** What shells give for a command that was ended by Ctrl-C. */
    private static final int INTERRUPTED = 130;

    private static final List<Chapter> CHAPTERS = List.of(
            new FirstPush(),
            new Approval(),
            new BranchPlan(),
            new Merge(),
            new BrokenBranch(),
            new Drift(),
            new Questions());

    private final CliContext context;
    private final Optional<Path> terraform;
    private final DemoServer.Starter starter;
    private final Narrator narrator;
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private @Nullable DemoFolder folder;
    private int step;
    private String title = "";

    /** @param terraform the program to use; empty means found on PATH */
    public Demo(CliContext context, Optional<Path> terraform, DemoServer.Starter starter) {
        this.context = context;
        this.terraform = terraform;
        this.starter = starter;
        this.narrator = new Narrator(context.terminal());
    }

    /**
     * Tells it from beginning to end; an interrupt of this thread ends it early. Nothing is left behind in either case.
     *
     * @param keep whether to stay at the end, with the server running, until this thread is interrupted
     * @throws CliException where a step did not do what it says: which one, why, and where the server's log was kept
     */
    public void tell(boolean keep) {
        Instant began = context.clock().instant();
        try {
            Stage stage = open();
            for (Chapter chapter : CHAPTERS) {
                begin(chapter.title());
                chapter.play(stage);
            }
            narrator.heading("That was the whole story; it took "
                    + Duration.between(began, context.clock().instant()).toSeconds() + " s. Every line with [ok] was"
                    + " checked.");
            if (keep) {
                stay(stage);
            }
        } catch (InterruptedException stopped) {
            throw interrupted();
        } catch (StepFailed | CliException failed) {
            // An interrupt reaches a step as a command of its that failed. The flag is cleared, or cleaning up would
            // fail too.
            throw Thread.interrupted() ? interrupted() : failure(failed);
        } catch (RuntimeException broken) {
            throw failure(broken);
        }
        close();
        if (folder != null) {
            folder.delete();
        }
    }

    private void begin(String name) {
        step++;
        title = name;
        narrator.heading("Step " + step + " of " + (CHAPTERS.size() + 1) + ": " + name);
    }

    private Stage open() throws InterruptedException {
        narrator.say("Everything below happens for real, with git and Terraform, in a temporary folder.");
        begin("Start a server");
        DemoFolder made = DemoFolder.make(context.environment());
        folder = made;
        GitUser git = new GitUser(made, context.environment(), context.clock());
        ServerLog log = new ServerLog(made.log());
        endings.push(log::close);
        narrator.typed("plumbline serve --port 0");
        DemoServer server = starter.start(configuration(made));
        endings.push(server::close);
        narrator.output("Plumbline serves " + server.url());
        Stage stage = new Stage(context, made, narrator, git, new PlumblineUser(context, made), server);
        stage.serveFrom(Stacks.NAME_SERVER, false);
        stage.say("");
        stage.check(
                "the server answers, and knows no stack yet",
                stage.status().stacks().isEmpty(),
                () -> "it has " + stage.status().stacks());
        return stage;
    }

    private ServerConfig configuration(DemoFolder made) {
        ServerConfig usual = ServerConfig.defaults(made.home());
        TreeMap<String, String> outside = new TreeMap<>();
        outside.put("TF_VAR_provider_file", made.dnsProvider().toString());
        return new ServerConfig(
                new ListenAddress("127.0.0.1", 0),
                usual.publicUrl(),
                usual.insecure(),
                usual.badges(),
                usual.home(),
                List.of(new ServerConfig.EnvironmentRule(
                        Glob.parse("**"), Glob.parse(Stacks.DNS), Optional.empty(), outside)),
                usual.localBackends(),
                usual.forges(),
                usual.repositories(),
                usual.floors(),
                ServerConfig.Terraform.at(terraform),
                usual.moduleCredentials(),
                usual.aws(),
                usual.limits(),
                usual.push(),
                usual.log());
    }

    private void stay(Stage stage) throws InterruptedException {
        narrator.say("The server stays until Ctrl-C, which also removes everything. In another terminal:");
        narrator.typed("cd " + stage.folder().repository());
        narrator.typed("export PLUMBLINE_HOME=" + stage.folder().home());
        narrator.typed("plumbline status");
        narrator.typed("git switch -c mine && $EDITOR stacks/app/main.tf");
        narrator.typed("git commit -am Mine && git push plumbline mine");
        new CountDownLatch(1).await();
    }

    private CliException interrupted() {
        close();
        if (folder != null) {
            folder.delete();
        }
        return new CliException(INTERRUPTED, "The demo was interrupted; everything it made is removed.", "");
    }

    private CliException failure(RuntimeException failed) {
        close();
        String next = "";
        if (folder != null) {
            folder.deleteAllButLog();
            next = "The server's log is kept: " + folder.log();
        }
        String why = failed.getMessage() == null ? failed.toString() : failed.getMessage();
        return new CliException(
                ExitStatus.ERROR, "The demo failed in step " + step + ", '" + title + "': " + why, next, failed);
    }

    /** In reverse order. */
    private void close() {
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
