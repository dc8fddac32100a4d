package io.carillon.simulation;

import org.jspecify.annotations.Nullable;

/** A client's absence: what has become of its session and its will by its return. */
final class Absence {
    /** So long after a node was out of reach its clients know what was decided then. */
    static final long STEADY_MILLIS = 2_000;

    /** Between what the client sees and what the server decides. */
    private static final long MARGIN_MILLIS = 100;

    /** So long after all is well a new leader has given up who did not announce himself. */
    private static final long SETTLED_MILLIS = 5_000;

    /** Deadlines are looked at once a second. */
    private static final long LATE_MILLIS = 2_500;

    private final World world;
    private final Profile profile;
    private final long sinceMillis;
    private final long noticedMillis;

    /** The session must be there so long, and may be there until {@link #overMillis}. */
    private final long livesMillis;

    private long overMillis;
    private final @Nullable LastWill will;

    /** True if nobody can have taken the connection for broken before. */
    private final boolean clear;

    private int attempts;
    private boolean cleanTried;

    /**
     * An absence that begins now.
     *
     * @param noticedMillis when the server hears of it, if all is well
     * @param ends true if the client has asked that its session end, too
     * @param will what may be published, or null
     */
    Absence(
            World world,
            Profile profile,
            long noticedMillis,
            boolean ends,
            @Nullable LastWill will) {
        this.world = world;
        this.profile = profile;
        this.sinceMillis = world.now();
        this.noticedMillis = noticedMillis;
        this.overMillis = profile.expirySeconds() * 1_000;
        this.livesMillis = ends ? 0 : overMillis;
        this.will = will;
        this.clear = world.wasSteady(sinceMillis - STEADY_MILLIS, sinceMillis - MARGIN_MILLIS);
    }

    /** The client tries to come back. */
    void attempt(boolean clean) {
        if (attempts++ == 0
                && clear
                && will != null
                && will.cameBefore(sinceMillis + profile.willMillis() - MARGIN_MILLIS)) {
            world.bad("P7: the will of " + profile.id() + " came early, at " + will.firstMillis);
        }
        cleanTried |= clean;
    }

    /** The server has surely heard that the session is to end. */
    void hasEnded() {
        overMillis = 0;
    }

    /**
     * The client is back.
     *
     * @param present true if the server has its session
     * @param askedMillis when it sent CONNECT
     */
    void over(boolean present, boolean clean, long askedMillis) {
        if (present && (clean || overMillis == 0 || isSurelyOver(overMillis, askedMillis))) {
            world.bad("P1: the session of " + profile.id() + " is there, though it is over");
        }
        boolean lives = world.now() < sinceMillis + livesMillis - MARGIN_MILLIS;
        if (!present && !cleanTried && lives && (clear || profile.lasting())) {
            world.bad("P1: the session of " + profile.id() + " is lost");
        }
        if (will == null) {
            return;
        }
        long delayMillis = profile.willMillis();
        if (delayMillis == 0 || !present && attempts == 1) {
            will.fate = LastWill.Fate.DUE;
        } else if (present && clear && world.now() < sinceMillis + delayMillis - MARGIN_MILLIS) {
            will.fate = LastWill.Fate.DROPPED;
        } else if (isSurelyOver(delayMillis, askedMillis)) {
            will.fate = LastWill.Fate.DUE;
        }
    }

    /** True if the server noticed in time, and looked at its deadlines, with all leaders there. */
    private boolean isSurelyOver(long millis, long askedMillis) {
        return attempts == 1
                && askedMillis > noticedMillis + millis + LATE_MILLIS
                && world.isSteadySince(askedMillis - millis - LATE_MILLIS - SETTLED_MILLIS);
    }
}
