package io.carillon.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A broker that the comparison can start.
 *
 * @param storage what it keeps on disk, and when it acknowledges
 * @param port of its plain listener on 127.0.0.1
 * @param tlsPort of its TLS listener, if it has one
 * @param folder in which it is started, which holds its configuration
 * @param configuration the files in that folder that say how it is configured
 */
record Broker(
        String name,
        String version,
        String storage,
        int port,
        OptionalInt tlsPort,
        Path folder,
        List<String> configuration,
        List<String> command) {}
