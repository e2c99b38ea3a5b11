package dev.plumbline.app;

import com.sun.management.OperatingSystemMXBean;
import dev.plumbline.config.ServerConfig;
import java.lang.management.ManagementFactory;

/**
 * How many runs this machine takes at the same time.
 *
 * @param plans plans and drift checks, at least one
 * @param all runs of all phases
 */
record Capacity(int plans, int all) {

    static Capacity of(ServerConfig.Limits limits) {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long memory = machine.getTotalMemorySize();
        return new Capacity(
                limits.plansAtOnce(Runtime.getRuntime().availableProcessors(), memory), limits.runsAtOnce(memory));
    }
}
