package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.link.Message;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.peers.PeerCodec;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.SessionMessage;
import io.carillon.peers.UnreadableMessage;
import io.carillon.peers.publish.Dispatch;
import io.carillon.peers.publish.Reception;
import io.carillon.peers.retained.RetainedAnswers;
import io.carillon.peers.session.ClusterSessions;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what other nodes' shards, publishers and connections send, and gives it to the part that it
 * is for. On the cluster loop.
 */
record Arrivals(
        RaftLog<?> log,
        Dispatch dispatch,
        Reception reception,
        ClusterSessions sessions,
        RetainedAnswers retained) {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    void at(Switchboard switchboard) {
        switchboard.on(Kind.LOG, this::frame);
        switchboard.onMember(Kind.TRAFFIC, this::traffic);
        switchboard.onQuestion((_, asked) -> question(asked));
    }

    private void frame(NodeId from, ByteBuffer body) {
        ShardId shard = new ShardId(Short.toUnsignedInt(body.getShort()));
        log.received(from, shard, body.getLong(), Switchboard.copy(body));
    }

    private void traffic(NodeId from, ByteBuffer body) {
        try {
            switch (PeerCodec.decode(Switchboard.copy(body))) {
                case PeerMessage.Publishing publishing -> reception.received(from, publishing);
                case PeerMessage.Stored stored -> dispatch.received(stored);
                case PeerMessage.AllStored stored -> dispatch.received(stored);
                case SessionMessage session -> sessions.received(from, session);
                case PeerMessage.AskRetained _, PeerMessage.RetainedRows _ ->
                        LOG.warn("node {} tells what is to be asked", from);
            }
        } catch (UnreadableMessage e) {
            LOG.error("a message of node {} is lost: {}", from, e.getMessage());
        }
    }

    private void question(Message.Asked asked) {
        try {
            PeerMessage message = PeerCodec.decode(Switchboard.copy(asked.body()));
            if (message instanceof PeerMessage.AskRetained question) {
                retained.answer(question, rows -> asked.answer(PeerCodec.encode(rows)));
            } else {
                asked.refuse("not a question");
            }
        } catch (UnreadableMessage e) {
            asked.refuse(String.valueOf(e.getMessage()));
        }
    }
}
