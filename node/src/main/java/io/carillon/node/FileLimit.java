package io.carillon.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the system's limit of open files leaves room for. Each connection is an open
 * file; were they to take the last one, the store could not open its own and would fail for good.
 */
final class FileLimit {
    private static final Logger LOG = LoggerFactory.getLogger(FileLimit.class);

    /** Tables and logs of the store, jars, sockets that listen, and connections being refused. */
    private static final long RESERVED = 1_000;

    private FileLimit() {}

    /** The connections to serve: as many as are wanted, if the system allows them. */
    static int connections(int wanted) {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean system)) {
            return wanted;
        }
        long files = system.getMaxFileDescriptorCount();
        int possible = connections(wanted, files);
        if (possible < wanted) {
            LOG.warn(
                    "this process may open {} files: it serves at most {} connections, not the {}"
                            + " of mqtt.maxConnections; raise the limit (ulimit -n)",
                    files,
                    possible,
                    wanted);
        }
        return possible;
    }

    /** Of a low limit half is kept back, so that there are some connections at all. */
    static int connections(int wanted, long files) {
        long possible = Math.max(files - RESERVED, files / 2);
        return (int) Math.max(1, Math.min(wanted, possible));
    }
}
