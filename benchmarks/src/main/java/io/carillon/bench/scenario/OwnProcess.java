package io.carillon.bench.scenario;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * This program's own CPU time, so that a reader sees when the load and not the broker is the limit.
 */
final class OwnProcess {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private OwnProcess() {}

    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
