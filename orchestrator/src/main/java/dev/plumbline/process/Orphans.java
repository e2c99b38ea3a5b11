package dev.plumbline.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processes that a killed server left at work: they lost the one who would have stopped them, and are known by the
 * folder they work in.
 */
public final class Orphans {
    private Orphans() {}

    /**
     * Kills every process of this user whose working folder is the given one or below it.
     *
     * @param folder one in which nothing may be running
     * @return how many were killed
     */
    public static int kill(Path folder) {
        List<ProcStat> found = ProcStat.all().stream()
                .filter(process -> process.alive()
                        && process.pid() != ProcessHandle.current().pid())
                .filter(process -> worksIn(process.pid(), folder))
                .toList();
        found.forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
        return found.size();
    }

    /** Other users' processes don't tell where they work. */
    private static boolean worksIn(long pid, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).startsWith(folder.toRealPath());
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }
}
