package dev.plumbline.app;

import com.sun.management.OperatingSystemMXBean;
import dev.plumbline.config.ServerConfig;
import java.lang.management.ManagementFactory;

/**
 * How many runs this machine takes at the same time: plans are bound by the processor, one a core; and each needs memory, of
 * which a quarter is left to everything else.
 *
 * @param places at least one
 */
record Capacity(int places) {

    static Capacity of(ServerConfig.Limits limits) {
        int cores = Runtime.getRuntime().availableProcessors();
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return of(limits, cores, machine.getTotalMemorySize());
    }

    static Capacity of(ServerConfig.Limits limits, int cores, long memory) {
        long byMemory = memory * 3 / 4 / limits.memoryPerRun().bytes();
        int most = limits.parallelRuns().orElse(cores);
        return new Capacity((int) Math.max(1, Math.min(most, byMemory)));
    }
}
