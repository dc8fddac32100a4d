package io.carillon.config;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * This node: its name, its data, how it stops and on how many threads it serves connections.
 *
 * @param eventLoops 0 for one for each processor
 */
public record NodeConfig(String name, Path dataDir, long shutdownTimeoutMillis, int eventLoops) {
    static final Pattern NAME_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    static final Key<String> NAME =
            Key.optional(
                    "node.name",
                    Types.text(
                            NAME_FORM,
                            "a node name: 1 to 63 letters, digits, '.', '_' or '-', the first a"
                                    + " letter or digit"),
                    "node-1",
                    "Name of this node; without it the name of the host");

    static final Key<Path> DATA_DIR =
            Key.of(
                    "node.dataDir",
                    Types.PATH,
                    "./data",
                    "Folder of sessions, queues and retained messages; made if it isn't there");

    static final Key<Long> SHUTDOWN_TIMEOUT =
            Key.of(
                    "node.shutdownTimeout",
                    Units.millis("1s", "1h"),
                    "30s",
                    "Longest time from SIGTERM to the end of the process");

    static final Key<Integer> EVENT_LOOPS =
            Key.of(
                    "node.eventLoops",
                    Types.integer(0, 1_024),
                    "0",
                    "Threads that serve connections; 0: one for each processor");

    static final Section SECTION =
            Section.of("node", "This node.", NAME, DATA_DIR, SHUTDOWN_TIMEOUT, EVENT_LOOPS);

    static NodeConfig from(Values values) {
        return new NodeConfig(
                values.get(NAME),
                values.get(DATA_DIR),
                values.get(SHUTDOWN_TIMEOUT),
                values.get(EVENT_LOOPS));
    }
}
