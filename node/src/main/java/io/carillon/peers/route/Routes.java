package io.carillon.peers.route;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.interest.Announcer;
import io.carillon.cluster.interest.Interest;
import io.carillon.cluster.interest.InterestSettings;
import io.carillon.cluster.interest.Owner;
import io.carillon.cluster.interest.PeerStreams;
import io.carillon.cluster.interest.PriorWork;
import io.carillon.cluster.interest.SharedPages;
import io.carillon.cluster.lease.Lease;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.shard.Announcements;
import io.carillon.topic.Lanes;
import io.carillon.topic.TopicTrie;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a node: has its trie, tells other nodes what is wanted here, and keeps stand-ins
 * for what is wanted there.
 *
 * <p>Shards call it on their loops, and whoever waits for other nodes on any thread; all else is on
 * the cluster loop.
 */
@AnyThread
public final class Routes implements Announcements {
    private final NodeId self;
    private final Lanes lanes;
    private final Loop loop;
    private final Mailbox mailbox;
    private final Outgoing outgoing;
    private final TopicTrie trie;
    private @Nullable Interest interest;
    private Executor answers = Runnable::run;

    /**
     * Routes that gather what they are to tell until {@link #start}.
     *
     * @param loop the cluster loop
     */
    public Routes(NodeId self, Lanes lanes, Loop loop) {
        this.self = self;
        this.lanes = lanes;
        this.loop = loop;
        this.mailbox = new Mailbox(loop);
        this.outgoing = new Outgoing(lanes, mailbox);
        this.trie = new TopicTrie(lanes, outgoing);
    }

    /** The trie of this node. */
    public TopicTrie trie() {
        return trie;
    }

    /**
     * Begins to speak for this node. On the cluster loop, once.
     *
     * @param start the number of this start of the node: later than all before it
     * @param prior retained messages that were matched, and cannot be looked up yet
     * @param lease while it is held subscribers are answered, and peers are waited for as long as
     *     it is promised to them
     * @return what is to be told of peers and their messages, and closed in the end
     */
    public Interest start(
            Epoch start,
            PeerStreams streams,
            SharedPages pages,
            PriorWork prior,
            InterestSettings settings,
            Lease lease) {
        return start(start, streams, pages, prior, settings, lease::owedMillis, lease);
    }

    Interest start(
            Epoch start,
            PeerStreams streams,
            SharedPages pages,
            PriorWork prior,
            InterestSettings settings,
            ToLongFunction<NodeId> owedMillis,
            Executor answering) {
        Interest sharing =
                new Interest(
                        self,
                        loop,
                        streams,
                        pages,
                        new Incoming(lanes, trie),
                        prior,
                        settings,
                        owedMillis);
        interest = sharing;
        answers = answering;
        Announcer own = sharing.speakFor(new Owner.OfNode(self), start);
        outgoing.announcer(Lanes.TRANSIENTS, own);
        own.begin();
        mailbox.open();
        return sharing;
    }

    /**
     * The node has left for good, and its connections with it: nothing is sent there any more. On
     * the cluster loop. If it comes back, it tells all anew.
     */
    public void nodeGone(NodeId node) {
        if (interest != null) {
            interest.forget(new Owner.OfNode(node));
        }
    }

    /**
     * The node has sent a retained message: who subscribes from now on may look it up once that
     * node says that it is stored. On the cluster loop.
     */
    public void retainedBy(NodeId node) {
        if (interest != null) {
            interest.doubt(node);
        }
    }

    /**
     * The first shard of which this node has not heard yet what its sessions want, or -1: while
     * there is one, a message that is accepted here may pass them by. On the cluster loop.
     */
    public int firstUnknownShard() {
        for (int shard = 0; shard < lanes.shards(); shard++) {
            if (!interest().knows(new Owner.OfShard(new ShardId(shard)))) {
                return shard;
            }
        }
        return -1;
    }

    /**
     * Runs the task once all reachable nodes know what this node's transient subscribers wanted up
     * to now, and what they matched before is retained where it has to be; or the time for that is
     * over. On the cluster loop.
     */
    public void await(Runnable task) {
        mailbox.add(() -> reached(task));
    }

    @Override
    public void await(int shard, Runnable task) {
        mailbox.add(
                () -> {
                    Announcer announcer = announcer(shard);
                    reached(
                            () -> {
                                if (announcer.speaks()) {
                                    task.run();
                                }
                            });
                });
    }

    private void reached(Runnable task) {
        interest().reachedPeers().thenRun(() -> answers.execute(task));
    }

    @Override
    public void lead(int shard, Epoch epoch) {
        Owner owner = new Owner.OfShard(new ShardId(shard));
        int party = Lanes.partyOf(shard);
        mailbox.add(() -> outgoing.announcer(party, interest().speakFor(owner, epoch)));
    }

    @Override
    public void restored(int shard) {
        mailbox.add(() -> announcer(shard).begin());
    }

    @Override
    public void resign(int shard, Runnable then) {
        mailbox.add(
                () -> {
                    announcer(shard).resign(); // on return the stand-in is in the trie
                    outgoing.announcer(Lanes.partyOf(shard), null);
                    then.run();
                });
    }

    private Announcer announcer(int shard) {
        return Objects.requireNonNull(outgoing.announcer(Lanes.partyOf(shard)));
    }

    private Interest interest() {
        return Objects.requireNonNull(interest, "not started");
    }
}
