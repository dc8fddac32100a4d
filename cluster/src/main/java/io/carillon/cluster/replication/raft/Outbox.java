package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import org.jspecify.annotations.Nullable;

/** What a group has to say in a turn: one frame per peer. On the shard's loop. */
final class Outbox {
    /** A frame that was larger leaves no room behind. */
    private static final int FRAME_BYTES = 256;

    private final GroupId group;
    private final Generation generation;
    private final int ownSeat;
    private final Loop loop;
    private final Departures departures;
    private final Frames frames;
    private final @Nullable FieldWriter[] open;
    private boolean urgent;

    Outbox(
            GroupId group,
            Generation generation,
            int ownSeat,
            Loop loop,
            Departures departures,
            Frames frames) {
        this.group = group;
        this.generation = generation;
        this.ownSeat = ownSeat;
        this.loop = loop;
        this.departures = departures;
        this.frames = frames;
        this.open = new @Nullable FieldWriter[generation.voters().size()];
    }

    void add(Seat to, Message message) {
        urgent = true;
        addLazily(to, message);
    }

    /** Adds what may wait for something urgent, or for the next heartbeat. */
    void addLazily(Seat to, Message message) {
        FieldWriter frame = open[to.number()];
        if (frame == null) {
            frame = frames.begin(ownSeat, FRAME_BYTES);
            open[to.number()] = frame;
        }
        frames.add(frame, message);
    }

    /** Asks the other which generation has the shard. */
    void ask(Seat other) {
        send(other.number(), new Word.Ask().toFrame());
        departures.soon(loop);
    }

    /** The heartbeat: what was not urgent before is now. */
    void beat() {
        urgent = true;
    }

    /** Gives the turn's frames to the transport. */
    void send() {
        for (int seat = 0; seat < open.length; seat++) {
            FieldWriter frame = open[seat];
            if (frame != null) {
                open[seat] = null;
                send(seat, frame.toBytes());
            }
        }
        if (urgent) {
            urgent = false;
            departures.soon(loop);
        }
    }

    private void send(int seat, byte[] frame) {
        NodeId to = generation.voters().get(seat).node();
        departures.send(to, group.shard(), group.generation(), frame);
    }
}
