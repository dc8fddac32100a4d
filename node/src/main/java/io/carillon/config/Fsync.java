package io.carillon.config;

/** When the log is forced to disk; what an acknowledgement promises depends on it. */
public sealed interface Fsync {
    /** Before each acknowledgement: what was acknowledged survives a loss of power. */
    record Always() implements Fsync {}

    /** At an interval: a loss of power may take what was acknowledged since the last one. */
    record Every(long intervalMillis) implements Fsync {}

    /** When the operating system wants: survives a crash of the process only. */
    record Os() implements Fsync {}
}
