package io.carillon.shard;

/**
 * The shard can't change its state: its store has failed, or another node leads it. No stack trace.
 */
final class ShardStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ShardStopped(String message) {
        super(message, null, false, false);
    }
}
