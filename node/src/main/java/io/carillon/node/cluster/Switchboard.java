package io.carillon.node.cluster;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Batch;
import io.carillon.cluster.link.Kept;
import io.carillon.cluster.link.Message;
import io.carillon.cluster.link.PeerHandler;
import io.carillon.cluster.link.PeerListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what comes over the links to the part that it is for. Until it is opened it holds all
 * back, in its order: the links bound how much that can be. On the cluster loop.
 */
final class Switchboard implements PeerHandler, PeerListener {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    /** Takes the bodies of one kind; a body is valid during the call only. */
    interface Taker extends BiConsumer<NodeId, ByteBuffer> {}

    /** Answers questions of other nodes. */
    interface Answerer extends BiConsumer<NodeId, Message.Asked> {}

    private final @Nullable Taker[] takers = new @Nullable Taker[Kind.COUNT];
    private final boolean[] ofMembers = new boolean[Kind.COUNT];
    private BiPredicate<NodeId, Incarnation> members = (_, _) -> true;
    private final List<BiConsumer<NodeId, Incarnation>> up = new ArrayList<>();
    private final List<Consumer<NodeId>> down = new ArrayList<>();
    private List<Runnable> early = new ArrayList<>();
    private @Nullable Answerer answerer;
    private boolean open;

    void on(byte kind, Taker taker) {
        takers[kind] = taker;
    }

    /**
     * The same, but only what comes of a member, by the start that is one: who is not yet, or not
     * any more, hears {@link Kind#MET} once it is, and tells it again.
     */
    void onMember(byte kind, Taker taker) {
        on(kind, taker);
        ofMembers[kind] = true;
    }

    /** Who is a member, and by which start. */
    void members(BiPredicate<NodeId, Incarnation> are) {
        members = are;
    }

    void onQuestion(Answerer answers) {
        answerer = answers;
    }

    void onUp(Consumer<NodeId> listener) {
        onUp((peer, _) -> listener.accept(peer));
    }

    void onUp(BiConsumer<NodeId, Incarnation> listener) {
        up.add(listener);
    }

    void onDown(Consumer<NodeId> listener) {
        down.add(listener);
    }

    /** All parts are there. */
    void open() {
        open = true;
        List<Runnable> waiting = early;
        early = List.of();
        waiting.forEach(Runnable::run);
    }

    @Override
    public void received(Batch batch) {
        whenOpen(() -> take(batch));
    }

    @Override
    public void up(NodeId peer, Incarnation incarnation) {
        whenOpen(() -> up.forEach(each -> each.accept(peer, incarnation)));
    }

    @Override
    public void down(NodeId peer, String reason) {
        whenOpen(() -> down.forEach(each -> each.accept(peer)));
    }

    /** What a node that is gone did not take: whoever sent it hears that the node is gone. */
    @Override
    public void returned(NodeId peer, List<Kept> messages) {
        LOG.debug("{} messages for {} are not taken", messages.size(), peer);
    }

    /** The rest of a body, to keep. */
    static byte[] copy(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private void whenOpen(Runnable event) {
        if (open) {
            event.run();
        } else {
            early.add(event);
        }
    }

    private void take(Batch batch) {
        boolean isMember = members.test(batch.from(), batch.incarnation());
        for (Message message : batch.messages()) {
            try {
                take(batch.from(), isMember, message);
            } catch (RuntimeException e) {
                LOG.error("a message of node {} is lost on a fault", batch.from(), e);
            }
        }
        batch.done();
    }

    private void take(NodeId from, boolean isMember, Message message) {
        switch (message) {
            case Message.Told(byte kind, ByteBuffer body) -> {
                Taker taker = kind >= 0 && kind < takers.length ? takers[kind] : null;
                if (taker == null) {
                    LOG.warn("a message of kind {} of node {} is of a later release", kind, from);
                } else if (isMember || !ofMembers[kind]) {
                    taker.accept(from, body);
                }
            }
            case Message.Asked asked -> {
                Answerer answers = answerer;
                if (answers == null || asked.kind() != Kind.QUESTION) {
                    asked.refuse("this release does not know questions of that kind");
                } else {
                    answers.accept(from, asked);
                }
            }
        }
    }
}
