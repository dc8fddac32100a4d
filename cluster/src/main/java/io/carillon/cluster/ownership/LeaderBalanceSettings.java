package io.carillon.cluster.ownership;

/**
 * How eager the balance of leaderships is.
 *
 * @param settleMillis how long leaderships must have been uneven before the first one moves
 * @param pauseMillis between two transfers: what others know is that old at most
 * @param restMillis how long a shard that was moved, or could not be, stays where it is
 */
public record LeaderBalanceSettings(long settleMillis, long pauseMillis, long restMillis) {
    public static final LeaderBalanceSettings DEFAULT =
            new LeaderBalanceSettings(5_000, 1_000, 30_000);

    public LeaderBalanceSettings {
        if (settleMillis < 0 || pauseMillis < 0 || restMillis < 0) {
            throw new IllegalArgumentException("times of the balance can't be negative");
        }
    }
}
