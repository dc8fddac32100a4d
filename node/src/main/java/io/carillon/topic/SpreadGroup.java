package io.carillon.topic;

import io.carillon.mqtt.packet.TopicFilter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A shared subscription with members on several nodes: a share for each party here and for each
 * stand-in. Shares get messages in proportion to their members, and take turns within. Each node
 * does so on its own: all together are balanced.
 */
final class SpreadGroup extends SharedGroup {
    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(SpreadGroup.class, "turn", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Lanes lanes;
    private volatile Share[] shares = {};

    /** Counts the messages. */
    @SuppressWarnings("unused") // through TURN
    private volatile int turn;

    SpreadGroup(TopicFilter filter, Lanes lanes) {
        super(filter);
        this.lanes = lanes;
    }

    @Override
    public @Nullable Target pick(@Nullable Subscriber exclude) {
        Share[] now = shares;
        Target connected = pick(now, true, exclude);
        return connected == null ? pick(now, false, exclude) : connected;
    }

    private @Nullable Target pick(Share[] now, boolean connected, @Nullable Subscriber exclude) {
        int total = 0;
        for (Share share : now) {
            total += share.weight(connected);
        }
        if (total == 0) {
            return null;
        }
        int place = Integer.remainderUnsigned((int) TURN.getAndAdd(this, 1), total);
        int first = 0;
        while (first < now.length - 1 && place >= now[first].weight(connected)) {
            place -= now[first].weight(connected);
            first++;
        }
        // Who is excluded or just gone is counted all the same: the next share takes it then.
        for (int i = 0; i < now.length; i++) {
            Target target = now[(first + i) % now.length].take(connected, exclude);
            if (target != null) {
                return target;
            }
        }
        return null;
    }

    /** The next member of one party; see {@link TopicTrie#pickHere}. */
    @Nullable Target pickHere(int party, @Nullable Subscriber exclude) {
        PartyShare share = shareOf(party);
        return share == null ? null : share.members().pick(exclude);
    }

    @Override
    public void forEach(Consumer<Target> action) {
        for (Share share : shares) {
            switch (share) {
                case PartyShare here -> here.members().forEach(action);
                case FarShare far -> action.accept(far.target());
            }
        }
    }

    @Override
    boolean isEmpty() {
        return shares.length == 0;
    }

    /** How many members of the party there are, or how many of them are connected. */
    int count(int party, boolean connected) {
        PartyShare share = shareOf(party);
        return share == null ? 0 : share.weight(connected);
    }

    @Override
    @Nullable Target join(Target target) {
        Subscriber subscriber = target.subscriber();
        int party = lanes.partyOfLane(subscriber.lane());
        PartyShare share = shareOf(party);
        if (share == null) {
            share = new PartyShare(party, new Members(filter()));
            put(subscriber, share);
        }
        Target replaced = share.members().join(target);
        if (replaced == null && subscriber.online()) {
            share.countConnected(1);
        }
        return replaced;
    }

    @Override
    boolean leave(Subscriber subscriber) {
        if (subscriber instanceof StandIn) {
            return remove(subscriber);
        }
        PartyShare share = shareOf(lanes.partyOfLane(subscriber.lane()));
        if (share == null || !share.members().leave(subscriber)) {
            return false;
        }
        if (subscriber.online()) {
            share.countConnected(-1);
        }
        if (share.members().isEmpty()) {
            remove(subscriber);
        }
        return true;
    }

    /** A durable member has connected or disconnected. */
    void onlineChanged(Subscriber subscriber) {
        PartyShare share = shareOf(lanes.partyOfLane(subscriber.lane()));
        if (share != null) {
            share.countConnected(subscriber.online() ? 1 : -1);
        }
    }

    /** Members elsewhere, so many from now on; returns true if their stand-in is new here. */
    boolean put(FarShare share) {
        return put(share.target().subscriber(), share);
    }

    private @Nullable PartyShare shareOf(int party) {
        for (Share share : shares) {
            if (share instanceof PartyShare here && here.isOf(party)) {
                return here;
            }
        }
        return null;
    }

    /** Puts a share in place of the one its subscriber belongs to; returns true if it is new. */
    private boolean put(Subscriber subscriber, Share share) {
        int index = indexOf(subscriber);
        Share[] before = shares;
        Share[] changed = index < 0 ? Arrays.copyOf(before, before.length + 1) : before.clone();
        changed[index < 0 ? before.length : index] = share;
        shares = changed;
        return index < 0;
    }

    private boolean remove(Subscriber subscriber) {
        int index = indexOf(subscriber);
        if (index < 0) {
            return false;
        }
        Share[] before = shares;
        Share[] fewer = Arrays.copyOf(before, before.length - 1);
        System.arraycopy(before, index + 1, fewer, index, fewer.length - index);
        shares = fewer;
        return true;
    }

    private int indexOf(Subscriber subscriber) {
        int party = lanes.partyOfLane(subscriber.lane());
        Share[] now = shares;
        for (int i = 0; i < now.length; i++) {
            boolean its =
                    switch (now[i]) {
                        case PartyShare here -> here.isOf(party);
                        case FarShare far -> far.target().isFor(subscriber);
                    };
            if (its) {
                return i;
            }
        }
        return -1;
    }
}
