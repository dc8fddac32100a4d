package io.carillon.cluster.interest;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Barriers.Barrier;
import io.carillon.cluster.interest.Message.Ask;
import io.carillon.cluster.interest.Message.Changes;
import io.carillon.cluster.interest.Message.Position;
import io.carillon.cluster.interest.Message.State;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks for one owner: each change gets the owner's next version, those of a turn go to all peers
 * as one message. Until {@link #begin} nothing is said, so that an owner whose strings are many can
 * be read first; peers keep what they knew of it before. On the loop.
 */
public final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private static final int STRING_CHARS_MAX = 65_535;
    private static final int CHANGES_PER_MESSAGE_MAX = 1_024;
    private static final int CHARS_PER_MESSAGE_MAX = 128 << 10;

    private final Surroundings here;
    private final Owner owner;
    private final Speaking home;
    private final WantTable table = new WantTable();
    private final Map<NodeId, Follower> followers = new LinkedHashMap<>();
    private final BitSet unwrittenPages = new BitSet(SharedPages.PAGES);

    private Epoch epoch;

    /** Counts changes from 2 on, so that 0 can confirm nothing. */
    private long version = 1;

    private boolean begun;
    private boolean superseded;
    private boolean resigned;
    private List<Change> turn = new ArrayList<>();
    private int turnChars;

    Announcer(Surroundings here, Speaking home, Owner owner, Epoch epoch) {
        this.here = here;
        this.home = home;
        this.owner = owner;
        this.epoch = epoch;
    }

    public Owner owner() {
        return owner;
    }

    /**
     * The owner wants the string, or wants it with other attributes from now on. After {@link
     * #resign} this does nothing.
     *
     * @throws IllegalArgumentException if the string is longer than 65,535 characters or holds half
     *     a surrogate pair
     */
    public void announce(String string, Attributes attributes) {
        here.loop().assertInside();
        check(string);
        long hash = here.hash().of(string);
        if (!resigned && table.put(hash, string, attributes)) {
            changed(hash, new Change.Add(string, attributes));
        }
    }

    /** The owner doesn't want the string any more; nothing if it didn't, or after a resignation. */
    public void withdraw(String string) {
        here.loop().assertInside();
        long hash = here.hash().of(string);
        if (!resigned && table.remove(hash, string)) {
            changed(hash, new Change.Remove(string));
        }
    }

    /** What was announced so far is all that the owner wants: peers may be told. */
    public void begin() {
        here.loop().assertInside();
        if (begun || resigned) {
            return;
        }
        begun = true;
        turn.clear();
        turnChars = 0;
        rewritePages();
        home.begun(this);
        here.touched().run();
    }

    /**
     * This node speaks for the owner no longer. What the owner wanted stays valid, on this node
     * too: when this returns, the listener has been told all of it. Barriers don't wait for this
     * owner any more: whoever waits on its behalf has to be let go without an answer before.
     */
    public void resign() {
        here.loop().assertInside();
        if (resigned) {
            return;
        }
        flush();
        resigned = true;
        followers.values().forEach(Follower::end);
        followers.clear();
        home.resigned(this);
    }

    /** True from {@link #begin} on, until a resignation or until a later epoch is heard of. */
    public boolean speaks() {
        here.loop().assertInside();
        return begun && !superseded && !resigned;
    }

    boolean hasBegun() {
        return begun;
    }

    Reign reign() {
        return new Reign(owner, epoch);
    }

    long version() {
        return version;
    }

    WantTable table() {
        return table;
    }

    State state() {
        return new State(reign(), version, table.digest());
    }

    void addPeer(NodeId peer) {
        Follower follower = followers.get(peer);
        if (follower == null) {
            followers.put(peer, new Follower(peer, here, version));
        } else {
            follower.restart(version);
        }
    }

    void removePeer(NodeId peer) {
        Follower follower = followers.remove(peer);
        if (follower != null) {
            follower.end();
        }
    }

    /** The peer is out of reach, and may act on what it knows for a while. */
    void restPeer(NodeId peer) {
        Follower follower = followers.get(peer);
        if (follower != null) {
            follower.rest();
        }
    }

    /** True if the peer lacks nothing that matters. */
    boolean isLevel(NodeId peer) {
        Follower follower = followers.get(peer);
        return !speaks() || follower != null && follower.isLevel();
    }

    /** The barrier does not wait any longer. */
    void overtaken(Barrier barrier) {
        followers.values().forEach(each -> each.overtaken(barrier));
    }

    @Nullable Follower follower(NodeId peer) {
        return followers.get(peer);
    }

    /** Sends what the turn has collected. */
    void flush() {
        if (turn.isEmpty()) {
            return;
        }
        if (speaks() && !followers.isEmpty()) {
            long first = version - turn.size() + 1;
            byte[] message = MessageCodec.encode(new Changes(reign(), first, turn));
            followers.values().forEach(each -> each.send(message, version));
        }
        turn = new ArrayList<>();
        turnChars = 0;
    }

    /** Has the barrier wait for each peer that lacks something. */
    void enlist(Barrier barrier) {
        if (speaks()) {
            followers.values().forEach(each -> each.enlist(barrier, version));
        }
    }

    void applied(NodeId peer, Position position) {
        Follower follower = followers.get(peer);
        int order = position.reign().epoch().compareTo(epoch);
        if (follower == null || order < 0) {
            return;
        }
        if (order > 0) {
            supersede(position.reign().epoch());
        } else if (position.version() > 0 && position.version() <= version) {
            follower.applied(position.version());
        }
    }

    void answer(NodeId peer, Ask ask) {
        if (speaks() && ask.reign().epoch().equals(epoch)) {
            flush(); // the answer is as of a version, and all up to that version is on its way
            here.send(peer, Answers.to(ask, table, version));
        }
    }

    /**
     * Somebody has heard of a later epoch. A shard has got another leader, then. A node speaks for
     * itself, so it has lost count of its starts, and goes on above.
     */
    void supersede(Epoch later) {
        if (superseded || later.compareTo(epoch) <= 0) {
            return;
        }
        switch (owner) {
            case Owner.OfShard _ -> {
                LOG.info("{} has another speaker, in {}", reign(), later);
                superseded = true;
                followers.values().forEach(Follower::end);
            }
            case Owner.OfNode _ -> {
                flush();
                epoch = new Epoch(later.generation() + 1, later.term());
                LOG.warn("peers knew {} under a later start; goes on as {}", owner, reign());
                followers.values().forEach(each -> each.restart(version));
                rewritePages(); // they bear the reign
            }
        }
        here.touched().run();
    }

    /** All pages of the shared map are written again, by and by. */
    void rewritePages() {
        unwrittenPages.set(0, SharedPages.PAGES);
    }

    BitSet unwrittenPages() {
        return unwrittenPages;
    }

    private void changed(long hash, Change change) {
        version++;
        unwrittenPages.set(Pages.numberOf(hash));
        if (!begun) {
            return;
        }
        here.counters().changesAnnounced++;
        turn.add(change);
        turnChars += charsOf(change);
        if (turn.size() >= CHANGES_PER_MESSAGE_MAX || turnChars >= CHARS_PER_MESSAGE_MAX) {
            flush();
        }
        here.touched().run();
    }

    private static int charsOf(Change change) {
        return switch (change) {
            case Change.Add add -> add.string().length() + add.attributes().length();
            case Change.Remove remove -> remove.string().length();
        };
    }

    private static void check(String string) {
        int length = string.length();
        if (length > STRING_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a string of "
                            + length
                            + " characters can't be announced; at most "
                            + STRING_CHARS_MAX);
        }
        for (int i = 0; i < length; i++) {
            char c = string.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < length
                                && Character.isLowSurrogate(string.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException(
                            "a string with half a surrogate pair can't be announced");
                }
                i++;
            }
        }
    }
}
