package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.DiskId;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * Who votes in a shard's group. A group never changes its voters; another generation takes over
 * from it.
 *
 * @param number from 1, where a shard begins empty; grows with each change of the voters
 * @param voters one, two, three or five replicas; the order is part of the generation. Two survive
 *     no loss; of four, two could commit what the other two don't know
 * @param recovered the generation, this one or one before, that one node began from what it had,
 *     without a majority; 0 if there is none
 */
public record Generation(long number, List<Voter> voters, long recovered) {
    private static final int VERSION = 1;
    private static final int VOTERS_MAX = 5;

    public Generation {
        voters = List.copyOf(voters);
        if (number < 1) {
            throw new IllegalArgumentException("generations count from 1, not " + number);
        }
        int size = voters.size();
        if (size < 1 || size > VOTERS_MAX || size == 4) {
            throw new IllegalArgumentException(
                    "a shard has one, two, three or five replicas, not " + size);
        }
        if (new HashSet<>(voters.stream().map(Voter::node).toList()).size() < size) {
            throw new IllegalArgumentException("a node is named twice: " + voters);
        }
    }

    /** One that follows on nothing that was recovered. */
    public Generation(long number, List<Voter> voters) {
        this(number, voters, 0);
    }

    /** The next one, with these voters. */
    public Generation next(List<Voter> nextVoters) {
        return new Generation(number + 1, nextVoters, recovered);
    }

    /**
     * The next one on the way to these voters. It differs from what is wanted if too few of the
     * voters that are to stay are in sync to change all others at once: then some that are to go
     * stay for now, in the place of some that are to come.
     *
     * @param inSync the nodes of the voters that have all that is committed, the leader's among
     *     them
     */
    public Generation towards(List<Voter> wanted, Collection<NodeId> inSync) {
        Generation next = next(wanted);
        List<Voter> step = new ArrayList<>(wanted);
        List<Voter> ready = voters.stream().filter(each -> inSync.contains(each.node())).toList();
        int missing =
                Math.min(majority(), next.majority())
                        - (int) ready.stream().filter(next::names).count();
        for (Voter old : ready) {
            Voter comer = step.stream().filter(each -> !names(each)).findFirst().orElse(null);
            if (missing > 0 && comer != null && !next.names(old)) {
                step.set(step.indexOf(comer), old);
                missing--;
            }
        }
        return next(step);
    }

    /** Whether the replica is one of the voters. */
    public boolean names(Voter replica) {
        return voters.contains(replica);
    }

    /** The place of the replica among the voters, or -1. */
    int seatOf(Voter replica) {
        return voters.indexOf(replica);
    }

    int majority() {
        return voters.size() / 2 + 1;
    }

    /**
     * A number that differs for other voters: messages of a group that has the same number but was
     * put together from others are not taken.
     */
    int tag() {
        int tag = 31 * Long.hashCode(number) + Long.hashCode(recovered);
        for (Voter voter : voters) {
            tag = 31 * tag + voter.node().name().hashCode();
            tag = 31 * tag + Long.hashCode(voter.disk().high());
            tag = 31 * tag + Long.hashCode(voter.disk().low());
        }
        return tag;
    }

    byte[] toBytes() {
        FieldWriter out = new FieldWriter(64).putByte(VERSION).putLong(number).putLong(recovered);
        out.putByte(voters.size());
        for (Voter voter : voters) {
            out.putSized(voter.node().name().getBytes(StandardCharsets.UTF_8));
            out.putLong(voter.disk().high()).putLong(voter.disk().low());
        }
        return out.toBytes();
    }

    /**
     * Reads what {@link #toBytes} made.
     *
     * @throws IllegalArgumentException if it is damaged or of a later release
     */
    static Generation read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "voters in version " + version + ", and this release knows " + VERSION);
            }
            long number = in.getLong();
            long recovered = in.getLong();
            int size = in.get();
            List<Voter> voters = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                byte[] name = new byte[Frames.checkedLength(in)];
                in.get(name);
                NodeId node = new NodeId(new String(name, StandardCharsets.UTF_8));
                voters.add(new Voter(node, new DiskId(in.getLong(), in.getLong())));
            }
            return new Generation(number, voters, recovered);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("voters that end in the middle", e);
        }
    }
}
