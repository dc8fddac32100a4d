package io.carillon.cluster.interest;

/**
 * Times and bounds of {@link Interest}.
 *
 * @param hashSecret the same on all nodes, best known to nobody else: it keeps clients from
 *     choosing strings that collide
 * @param tickMillis how often is looked for what got stuck
 * @param reconcileMillis how often peers are told a digest of everything
 * @param barrierMillisMax how long a barrier waits for peers
 * @param unappliedChangesMax changes sent to a peer and not confirmed, per owner; beyond that it is
 *     told a digest later, and fetches what it lacks, instead of being sent more
 * @param pageBytesPerTick bytes written to the shared map per tick
 */
public record InterestSettings(
        String hashSecret,
        long tickMillis,
        long reconcileMillis,
        long barrierMillisMax,
        long unappliedChangesMax,
        long pageBytesPerTick) {

    /**
     * Ticks of 200 ms, digests every 10 s, barriers of at most 5 s, 262,144 unconfirmed changes, 1
     * MiB a tick.
     */
    public static InterestSettings of(String hashSecret) {
        return new InterestSettings(hashSecret, 200, 10_000, 5_000, 262_144, 1L << 20);
    }

    public InterestSettings {
        if (tickMillis < 1
                || reconcileMillis < tickMillis
                || barrierMillisMax < 1
                || unappliedChangesMax < 1
                || pageBytesPerTick < 1) {
            throw new IllegalArgumentException(
                    "times and bounds have to be at least 1, and reconcileMillis not below"
                            + " tickMillis: tickMillis "
                            + tickMillis
                            + ", reconcileMillis "
                            + reconcileMillis
                            + ", barrierMillisMax "
                            + barrierMillisMax
                            + ", unappliedChangesMax "
                            + unappliedChangesMax
                            + ", pageBytesPerTick "
                            + pageBytesPerTick);
        }
    }
}
