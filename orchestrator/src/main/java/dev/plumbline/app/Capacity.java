package dev.plumbline.app;

import com.sun.management.OperatingSystemMXBean;
import dev.plumbline.config.ServerConfig;
import java.lang.management.ManagementFactory;

/**
 * How many runs this machine takes at the same time.
 *
 * @param places at least one
 */
record Capacity(int places) {

    static Capacity of(ServerConfig.Limits limits) {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Capacity(
                limits.runsAtOnce(Runtime.getRuntime().availableProcessors(), machine.getTotalMemorySize()));
    }
}
