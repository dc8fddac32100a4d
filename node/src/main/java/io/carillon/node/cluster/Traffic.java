package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import io.carillon.peers.publish.Dispatch;
import io.carillon.peers.publish.Reception;
import io.carillon.peers.retained.RetainedAnswers;
import io.carillon.peers.route.Routes;
import io.carillon.peers.session.ClusterSessions;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.Shards;
import io.carillon.topic.Lanes;
import java.util.List;
import java.util.function.Supplier;

/** What clients' messages and sessions go through on their way between nodes. */
record Traffic(Shards shards, Dispatch dispatch, ClusterSessions sessions, Serving serving) {
    private static final long CONGESTED_BYTES = 8L << 20;
    private static final long UNANSWERED_BYTES_MAX = 64L << 20;

    /** On the cluster loop. */
    static Traffic of(
            CoreSettings settings,
            CoreHost host,
            Lanes lanes,
            Routes routes,
            LeaderBook leaders,
            Shards shards,
            List<? extends Lane> eventLoops,
            Supplier<Publisher> publisher) {
        Loop loop = host.loop();
        Post post = host.ends().post();
        Dispatch dispatch =
                new Dispatch(
                        loop,
                        lanes,
                        shards,
                        post,
                        leaders,
                        publisher,
                        new Dispatch.Settings(
                                CONGESTED_BYTES, UNANSWERED_BYTES_MAX, settings.source()));
        Reception reception =
                new Reception(
                        loop,
                        lanes,
                        routes.trie(),
                        eventLoops,
                        shards,
                        post,
                        publisher,
                        routes::retainedBy);
        ClusterSessions sessions =
                new ClusterSessions(
                        post,
                        leaders,
                        shards,
                        loop,
                        settings.connectMillis(),
                        Presence.firstConnection(settings.source()));
        RetainedAnswers retained = new RetainedAnswers(loop, shards, post, leaders);
        new Arrivals(host.log(), dispatch, reception, sessions, retained)
                .at(host.ends().switchboard());
        return new Traffic(shards, dispatch, sessions, new Serving(sessions, dispatch));
    }

    /** The node is not there any more. */
    void gone(NodeId node) {
        dispatch.gone(node);
        sessions.detachNode(node);
    }

    /**
     * The node had taken this one for gone: what it was told before, it does not answer any more.
     */
    void forgottenBy(NodeId node) {
        dispatch.gone(node);
        sessions.forgottenBy(node);
    }
}
