package io.carillon.simulation;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import org.jspecify.annotations.Nullable;

/** A client's coming and going: its connection, and what each end of one means for its will. */
final class Presence {
    /** So long after a goodbye its node has told it. */
    private static final long GOODBYE_MILLIS = 4_000;

    /** So long after a connection is lost without a word its node hears of it. */
    private static final long SILENCE_MILLIS = 3_000;

    private final World world;
    private final Ledger ledger;
    private final Profile profile;
    private @Nullable Absence absence;
    private @Nullable Conn conn;

    /** The last one that was let in, and when: as nodes know, before the client does. */
    private @Nullable Conn newest;

    private long newestMillis;
    private boolean accepted;
    private boolean clean;
    private int connections;
    private long askedMillis;

    /** How a connection ends. */
    enum Leaving {
        GOODBYE,
        /** And the session is to end with it; 5.0 only. */
        GOODBYE_FOR_GOOD,
        /** But the will is to be published; 5.0 only. */
        GOODBYE_WITH_WILL,
        VANISH,
        SILENTLY
    }

    Presence(World world, Ledger ledger, Profile profile) {
        this.world = world;
        this.ledger = ledger;
        this.profile = profile;
    }

    /** The connection that the client listens to, let in or not. */
    @Nullable Conn connection() {
        return conn;
    }

    boolean isIn() {
        return conn != null && accepted;
    }

    /** A connection to that node; a former one is the server's to end, and nobody listens to it. */
    void connect(SimNode node, SimClient client, boolean withCleanStart) {
        Conn former = conn;
        if (former != null) {
            ended(former, Leaving.VANISH);
        }
        connections++;
        askedMillis = world.now();
        clean = withCleanStart;
        if (absence != null) {
            absence.attempt(clean);
        }
        Conn next = new Conn(world, node, client, connections);
        conn = next;
        Log.say(world, next + " connects to " + node + (clean ? ", clean" : ""));
        next.send(profile.connect(clean, next.name));
    }

    void leave(Leaving how) {
        Conn now = conn;
        if (now == null) {
            return;
        }
        Log.say(world, now + " leaves: " + how);
        Packet last = goodbye(how);
        if (last != null) {
            now.send(last);
        }
        ended(now, how);
        if (how == Leaving.SILENTLY) {
            world.in(SILENCE_MILLIS, now::vanish);
        } else {
            now.vanish();
        }
    }

    private static @Nullable Packet goodbye(Leaving how) {
        return switch (how) {
            case GOODBYE -> new Disconnect(ReasonCode.SUCCESS, null);
            case GOODBYE_FOR_GOOD ->
                    new Disconnect(ReasonCode.SUCCESS, 0, null, UserProperties.NONE, null);
            case GOODBYE_WITH_WILL -> new Disconnect(ReasonCode.DISCONNECT_WITH_WILL, null);
            case VANISH, SILENTLY -> null;
        };
    }

    /** The server has closed it, or is gone. */
    void closed(Conn which) {
        Log.say(world, which + " is closed");
        if (which.equals(conn)) {
            ended(which, Leaving.VANISH);
        }
    }

    private void ended(Conn which, Leaving how) {
        boolean wasIn = accepted;
        conn = null;
        accepted = false;
        if (!wasIn) {
            return;
        }
        boolean forGood = how == Leaving.GOODBYE_FOR_GOOD;
        boolean goodbye = forGood || how == Leaving.GOODBYE;
        LastWill will = profile.hasWill() ? ledger.will(which.name) : null;
        long noticedMillis = world.now() + (how == Leaving.SILENTLY ? SILENCE_MILLIS : 0);
        Absence begun = new Absence(world, profile, noticedMillis, forGood, goodbye ? null : will);
        absence = begun;
        if (goodbye) {
            world.in(GOODBYE_MILLIS, () -> goodbyeHeard(which, will, forGood ? begun : null));
        }
    }

    /**
     * A goodbye that a node has received cancels the will [MQTT-3.1.2-10], if the nodes can talk:
     * one that dies may not have told it, and one that was out of reach may have been taken for
     * gone before, with its connections.
     */
    private void goodbyeHeard(Conn which, @Nullable LastWill will, @Nullable Absence forGood) {
        if (which.goodbyeMillis() >= 0
                && world.isSteadySince(which.goodbyeMillis() - Absence.STEADY_MILLIS)) {
            if (will != null) {
                will.fate = LastWill.Fate.DROPPED;
            }
            if (forGood != null) {
                forGood.hasEnded();
            }
        }
    }

    /** A node has let that connection in. */
    void letIn(Conn which) {
        if (newest == null || newest.number < which.number) {
            newest = which;
            newestMillis = world.now();
        }
    }

    /** A node says something on that connection, which is on its way. */
    void told(Conn which, Packet packet) {
        Conn other = newest;
        if (other != null
                && which.number < other.number
                && newestMillis < world.now()
                && world.isSteadySince(newestMillis - Absence.STEADY_MILLIS)) {
            world.bad("P2: fence: " + which + " is told " + packet + ", and " + other + " is in");
        }
    }

    /** The server has let the client in. */
    void begins(boolean present) {
        accepted = true;
        if (absence != null) {
            absence.over(present, clean, askedMillis);
            absence = null;
        }
    }
}
