package io.carillon.metrics;

import static io.carillon.metrics.Metric.Kind.COUNTER;
import static io.carillon.metrics.Metric.Kind.GAUGE;

import java.util.List;

/** The numbers of a node, by the name under which they are shown. */
public enum Metric {
    CONNECTIONS(GAUGE, "connections", "Open connections, with or without a client let in"),
    CONNECTIONS_OPENED(COUNTER, "connections.opened", "Connections accepted by listeners"),
    CONNECTIONS_OVER_LIMIT(COUNTER, "connections.over.limit", "Connections refused: too many"),
    ACCEPT_FAILURES(COUNTER, "accept.failures", "Times the system refused to accept a connection"),
    TLS_FAILURES(COUNTER, "tls.failures", "TLS handshakes that failed"),
    WEBSOCKET_REFUSALS(COUNTER, "websocket.refusals", "HTTP requests that opened no WebSocket"),

    CLIENTS_CONNECTED(GAUGE, "clients.connected", "Clients that are let in"),
    CONNECTS_ACCEPTED(COUNTER, "connects", "outcome", "accepted", "CONNECTs by outcome"),
    CONNECTS_REFUSED(COUNTER, "connects", "outcome", "refused", "CONNECTs by outcome"),
    CONNECT_TIMEOUTS(COUNTER, "connects", "outcome", "timeout", "CONNECTs by outcome"),
    TAKEOVERS(COUNTER, "disconnects", "cause", "taken-over", "Clients disconnected by the broker"),
    KEEP_ALIVE_TIMEOUTS(
            COUNTER, "disconnects", "cause", "keep-alive", "Clients disconnected by the broker"),
    PROTOCOL_ERRORS(
            COUNTER,
            "disconnects",
            "cause",
            "protocol-error",
            "Clients disconnected by the broker"),
    SLOW_READERS(
            COUNTER, "disconnects", "cause", "slow-reader", "Clients disconnected by the broker"),

    BYTES_RECEIVED(COUNTER, "bytes", "direction", "received", "Bytes of MQTT"),
    BYTES_SENT(COUNTER, "bytes", "direction", "sent", "Bytes of MQTT"),
    PACKETS_RECEIVED(COUNTER, "packets", "direction", "received", "MQTT packets"),
    PACKETS_SENT(COUNTER, "packets", "direction", "sent", "MQTT packets"),
    PUBLISHES_RECEIVED(COUNTER, "publishes", "direction", "received", "PUBLISH packets"),
    PUBLISHES_SENT(COUNTER, "publishes", "direction", "sent", "PUBLISH packets"),
    PUBLISH_BYTES_RECEIVED(
            COUNTER, "publish.payload.bytes", "direction", "received", "Bytes of payload"),
    PUBLISH_BYTES_SENT(COUNTER, "publish.payload.bytes", "direction", "sent", "Bytes of payload"),
    PUBLISHES_NOT_AUTHORIZED(
            COUNTER, "publishes.refused", "cause", "not-authorized", "PUBLISHes not accepted"),
    PUBLISHES_REFUSED(
            COUNTER, "publishes.refused", "cause", "not-stored", "PUBLISHes not accepted"),
    PUBLISHES_DUPLICATE(COUNTER, "publishes.duplicate", "Messages that a shard already had"),
    PUBLISHERS_PAUSED(
            COUNTER, "publishers.paused", "Times reading from a publisher stopped for a while"),
    SUBSCRIPTIONS_NOT_AUTHORIZED(
            COUNTER, "subscriptions.refused", "cause", "not-authorized", "Refused subscriptions"),

    DROPPED_QUEUE_FULL(COUNTER, "dropped", "cause", "queue-full", "Messages not delivered"),
    DROPPED_EXPIRED(COUNTER, "dropped", "cause", "expired", "Messages not delivered"),
    DROPPED_TOO_LARGE(COUNTER, "dropped", "cause", "too-large", "Messages not delivered"),
    DROPPED_SLOW_READER(COUNTER, "dropped", "cause", "slow-reader", "Messages not delivered"),
    DROPPED_OFFLINE(COUNTER, "dropped", "cause", "offline-qos0", "Messages not delivered"),
    DROPPED_NO_LEADER(COUNTER, "dropped", "cause", "no-leader-qos0", "Messages not delivered"),

    SUBSCRIPTIONS(GAUGE, "subscriptions", "Subscriptions, shared ones included"),
    SUBSCRIPTIONS_SHARED(GAUGE, "subscriptions.shared", "Shared subscriptions"),
    SESSIONS(GAUGE, "sessions", "Durable sessions, their clients connected or not"),
    SESSIONS_CONNECTED(GAUGE, "sessions.connected", "Durable sessions with a client connected"),
    SESSIONS_EXPIRED(COUNTER, "sessions.expired", "Durable sessions ended by their expiry"),
    QUEUED(COUNTER, "queued", "Messages put into queues of durable sessions"),
    QUEUE_MESSAGES(GAUGE, "queue.messages", "Messages that wait in queues of durable sessions"),
    QUEUE_BYTES(GAUGE, "queue.bytes", "Bytes that wait in queues of durable sessions"),
    WILLS(COUNTER, "wills", "Wills published"),
    RETAINED_MESSAGES(GAUGE, "retained.messages", "Retained messages"),
    RETAINED_BYTES(GAUGE, "retained.bytes", "Bytes of retained messages"),

    LOG_COMMITTED(COUNTER, "log.records", "Records made durable"),
    LOG_SYNCS(COUNTER, "log.syncs", "Times the disk was waited for"),
    LOG_UNCOMMITTED_BYTES(GAUGE, "log.uncommitted.bytes", "Bytes that wait to be durable"),
    LOG_SYNC_MILLIS_MAX(GAUGE, "log.sync.slowest.millis", "Longest wait for the disk so far"),

    CLUSTER_NODES(GAUGE, "cluster.nodes", "Nodes that are there, this one among them"),
    CLUSTER_NODES_EXPECTED(
            GAUGE, "cluster.nodes.expected", "Nodes that the cluster is taken to have"),
    CLUSTER_MAJORITY(GAUGE, "cluster.majority", "1 while a majority of the nodes is in reach"),
    CLUSTER_READY(GAUGE, "cluster.ready", "1 while this node serves clients"),
    CLUSTER_REFUSALS(
            COUNTER, "cluster.refusals", "Times this node refused another one or was refused"),
    SHARDS_HELD(GAUGE, "shards.held", "Shards of which this node has a replica"),
    SHARDS_LED(GAUGE, "shards.led", "Shards that this node leads"),
    ELECTIONS_WON(COUNTER, "shards.elections.won", "Times this node became a shard's leader"),
    FILLS(COUNTER, "shards.fills", "Times this node began to fill a replica elsewhere"),
    FILL_BYTES(COUNTER, "shards.fill.bytes", "Bytes of state sent to fill replicas elsewhere"),
    FORWARD_UNANSWERED_BYTES(
            GAUGE, "forward.unanswered.bytes", "Bytes of messages that shards have to answer yet"),
    FORWARD_RESENT(COUNTER, "forward.resent", "Messages given to the next leader of their shard"),
    ROUTES_HERE(GAUGE, "routes", "wanted", "here", "Topic filters that nodes tell each other"),
    ROUTES_ELSEWHERE(
            GAUGE, "routes", "wanted", "elsewhere", "Topic filters that nodes tell each other"),
    ROUTES_BYTES(GAUGE, "routes.bytes", "Bytes of the tables of these filters, without texts"),
    ROUTES_INCOMPLETE(
            GAUGE, "routes.incomplete", "Nodes and shards of which not all filters are known"),
    ROUTE_CHANGES_TOLD(
            COUNTER, "routes.changes", "direction", "sent", "Changes of filters between nodes"),
    ROUTE_CHANGES_HEARD(
            COUNTER, "routes.changes", "direction", "received", "Changes of filters between nodes"),
    ROUTE_REPAIRS(COUNTER, "routes.repairs", "Times filters were compared: some were missing"),
    ROUTE_TIMEOUTS(
            COUNTER, "routes.timeouts", "Times a SUBACK did not wait longer for other nodes"),

    LOOP_PENDING(GAUGE, "loop.pending", "Tasks that wait for loops"),
    LOOP_FAILURES(COUNTER, "loop.failures", "Tasks of loops that threw"),
    LOG_LINES_LOST(COUNTER, "log.lines.lost", "Log lines left out: standard output is too slow");

    /** How a number moves. */
    public enum Kind {
        /** Only grows, from 0 at the start of the process. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }

    /** All that counts messages which did not reach a subscriber. */
    static final List<Metric> DROPPED =
            List.of(
                    DROPPED_QUEUE_FULL,
                    DROPPED_EXPIRED,
                    DROPPED_TOO_LARGE,
                    DROPPED_SLOW_READER,
                    DROPPED_OFFLINE,
                    DROPPED_NO_LEADER);

    private final Kind kind;
    private final String shortName;
    private final String label;
    private final String labelValue;
    private final String help;

    Metric(Kind kind, String shortName, String help) {
        this(kind, shortName, "", "", help);
    }

    Metric(Kind kind, String shortName, String label, String labelValue, String help) {
        this.kind = kind;
        this.shortName = shortName;
        this.label = label;
        this.labelValue = labelValue;
        this.help = help;
    }

    public Kind kind() {
        return kind;
    }

    /** The name with dots, which Prometheus shows with underscores and a counter's suffix. */
    String fullName() {
        return "carillon." + shortName;
    }

    /** The label that tells it from others of the same name, or empty. */
    String label() {
        return label;
    }

    String labelValue() {
        return labelValue;
    }

    String help() {
        return help;
    }
}
