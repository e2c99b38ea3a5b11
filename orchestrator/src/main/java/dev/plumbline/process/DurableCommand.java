package dev.plumbline.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.commons.exec.launcher.CommandLauncherFactory;

/**
 * A command that outlives this JVM: it lives in a session of its own, under a small shell wrapper that leaves its
 * output and its exit status in files. Whoever knows the folder can adopt it. Neither its environment nor its arguments
 * are written there.
 *
 * <p>Only on Linux, and only as far as the machine's supervisor allows: systemd needs {@code KillMode=process}, and a
 * container's end takes everything with it.
 *
 * <p>Safe for use by several threads.
 */
public final class DurableCommand {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final String GIVEN_UP = "given up before it started\n";

    private final RunFolder folder;
    private final Duration poll;

    private DurableCommand(RunFolder folder, Duration poll) {
        this.folder = folder;
        this.poll = poll;
    }

    /**
     * Starts the command; it runs when this returns. Its time limit is the caller's to keep, by {@link #await} and
     * {@link #terminate}, since nothing of this JVM needs to live as long as the command.
     *
     * @param runFolder made with mode 700; must not hold an earlier run
     * @throws DurableCommandException where it can't be started; nothing runs then
     */
    public static DurableCommand start(Command command, Path runFolder) {
        RunFolder folder = new RunFolder(runFolder);
        CommandRunner.obstacle(command).ifPresent(reason -> {
            throw new DurableCommandException(reason);
        });
        Path setsid = Setsid.find(new SearchPath(java.util.List.of()))
                .orElseThrow(() -> new DurableCommandException(Setsid.MISSING));
        PrivateFiles.createFolder(folder.path());
        try {
            PrivateFiles.createFile(folder.boot(), RunFolder.currentBoot());
            PrivateFiles.createFile(folder.workingFolder(), command.folder().toString());
            Process wrapper = CommandLauncherFactory.createVMLauncher()
                    .exec(Wrapper.line(setsid, command, folder), command.environment(), command.folder());
            DurableCommand started = new DurableCommand(folder, POLL);
            started.pause(START_LIMIT, () -> Files.exists(folder.pid()) || !wrapper.isAlive());
            return started.claimed(wrapper);
        } catch (IOException e) {
            throw new DurableCommandException(
                    "No command could be started with its files in " + folder.path() + ": " + e.getMessage()
                            + "; the folder must be new, on a disk with space",
                    e);
        }
    }

    /**
     * Takes over a command that another JVM started, or this one earlier. A start that was under way while its JVM died
     * is given up here for good: the wrapper can't begin after that.
     *
     * @throws DurableCommandException where no command was ever started in that folder
     */
    public static DurableCommand adopt(Path runFolder) {
        RunFolder folder = new RunFolder(runFolder);
        if (!Files.exists(folder.boot())) {
            throw new DurableCommandException("No command was started with its files in " + folder.path());
        }
        giveUpWhereNotBegun(folder);
        return new DurableCommand(folder, POLL);
    }

    /** Where the command's two outputs stand, mixed; absent until it begins to run. */
    public Path output() {
        return folder.output();
    }

    /** The folder the command runs in; it may be gone by now. */
    public Path workingFolder() {
        return Path.of(RunFolder.read(folder.workingFolder()).orElse(""));
    }

    public DurableStatus status() {
        Optional<DurableStatus> exited = exited();
        if (exited.isPresent()) {
            return exited.get();
        }
        String boot = RunFolder.read(folder.boot()).orElse("").strip();
        if (!boot.equals(RunFolder.currentBoot())) {
            return new DurableStatus.Lost("the machine was restarted while it ran");
        }
        Optional<ProcStat> wrapper = wrapper();
        if (wrapper.isEmpty()) {
            return new DurableStatus.Lost("it was given up before it had begun");
        }
        if (lives(wrapper.get())) {
            return new DurableStatus.Running();
        }
        // It may have written its exit status between the two looks.
        return exited().orElse(new DurableStatus.Lost(
                "its process " + wrapper.get().pid() + " is gone and left no exit status"));
    }

    /**
     * Waits for the end. What the command left behind in its session is killed then.
     *
     * @return how it stands after at most that time; running where it has not ended
     */
    public DurableStatus await(Duration limit) throws InterruptedException {
        pause(limit, () -> !(status() instanceof DurableStatus.Running));
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted while waiting for the command of " + folder.path());
        }
        DurableStatus status = status();
        if (!(status instanceof DurableStatus.Running)) {
            session().ifPresent(Session::kill);
        }
        return status;
    }

    /**
     * Ends the command: SIGTERM once to its own pid, and after the grace SIGKILL to what is left of its session.
     *
     * @return how it ended
     */
    public DurableStatus terminate(Duration grace) throws InterruptedException {
        Optional<ProcStat> wrapper = wrapper();
        Optional<Session> session = session();
        if (wrapper.isEmpty() || session.isEmpty() || !(status() instanceof DurableStatus.Running)) {
            return await(Duration.ZERO);
        }
        long pid = wrapper.get().pid();
        session.get().members().stream()
                .filter(process -> process.parent() == pid)
                .forEach(child -> ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroy));
        if (await(grace) instanceof DurableStatus.Running) {
            // The wrapper is spared at first, so that it can write down how the command ended.
            session.get().kill(process -> process.pid() != pid && process.parent() == pid);
            pause(LAST_WORDS, () -> !(status() instanceof DurableStatus.Running));
            session.get().kill();
        }
        return await(LAST_WORDS);
    }

    private DurableCommand claimed(Process wrapper) {
        giveUpWhereNotBegun(folder);
        if (wrapper().isEmpty()) {
            wrapper.destroyForcibly();
            throw new DurableCommandException("The wrapper of the command of " + folder.path()
                    + " could not write there; check the folder's owner and the disk's space");
        }
        return this;
    }

    private static void giveUpWhereNotBegun(RunFolder folder) {
        try {
            PrivateFiles.createFile(folder.pid(), GIVEN_UP);
        } catch (IOException begun) {
            // The pid file exists: the wrapper won.
        }
    }

    private Optional<DurableStatus> exited() {
        return RunFolder.read(folder.exit())
                .map(String::strip)
                .filter(code -> code.matches("\\d{1,3}"))
                .map(code -> new DurableStatus.Exited(Integer.parseInt(code)));
    }

    private Optional<ProcStat> wrapper() {
        return RunFolder.read(folder.pid()).flatMap(ProcStat::parse);
    }

    private Optional<Session> session() {
        return RunFolder.read(folder.boot())
                .filter(boot -> boot.strip().equals(RunFolder.currentBoot()))
                .flatMap(sameBoot -> wrapper())
                .map(Session::new);
    }

    private static boolean lives(ProcStat wrapper) {
        return ProcStat.of(wrapper.pid())
                .filter(now -> now.is(wrapper) && now.alive())
                .isPresent();
    }

    /** Returns when the condition holds, the time is over, or the thread is interrupted. */
    private void pause(Duration limit, BooleanSupplier until) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!until.getAsBoolean()
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(poll.toNanos(), Math.max(1, deadline - System.nanoTime())));
        }
    }
}
