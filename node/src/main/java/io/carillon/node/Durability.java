package io.carillon.node;

import io.carillon.config.Fsync;

/** What an acknowledgement promises at each setting of {@code storage.fsync}. */
final class Durability {
    private Durability() {}

    /** A few words for the ready line. */
    static String brief(Fsync fsync) {
        return switch (fsync) {
            case Fsync.Always() -> "fsync always";
            case Fsync.Every(long millis) -> "fsync every " + millis + " ms";
            case Fsync.Os() -> "fsync left to the system";
        };
    }

    /** The sentence for the log. */
    static String promise(Fsync fsync) {
        return switch (fsync) {
            case Fsync.Always() ->
                    "what is acknowledged is on this node's disk: it survives a loss of power";
            case Fsync.Every(long millis) ->
                    "what is acknowledged survives the end of this process; a loss of power may"
                            + " take the last "
                            + millis
                            + " ms (storage.fsync)";
            case Fsync.Os() ->
                    "what is acknowledged survives the end of this process; a loss of power may"
                            + " take half a minute of it (storage.fsync is os)";
        };
    }
}
