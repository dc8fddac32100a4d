package io.carillon.peers.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Will;
import io.carillon.session.Exchanges;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Attached;
import io.carillon.shard.Outlet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection as a node's network layer has it: what comes for it goes by the event loop. */
final class TestConnection implements Outlet, Exchanges.ToSession {
    final TestNode node;
    final String id;
    private final int receiveMaximum;
    final List<Packet> received = new ArrayList<>();
    @Nullable Attached attached;
    @Nullable ReasonCode refused;
    @Nullable ReasonCode closed;
    private @Nullable Exchanges exchanges;
    private final List<Packet> batch = new ArrayList<>();
    private boolean gone;
    volatile boolean congested;

    private TestConnection(TestNode node, String id, int receiveMaximum) {
        this.node = node;
        this.id = id;
        this.receiveMaximum = receiveMaximum;
    }

    /** How a client connects. */
    record Options(
            @Nullable String userName,
            boolean cleanStart,
            long expirySeconds,
            int receiveMaximum,
            @Nullable Will will) {
        static final Options DURABLE = new Options("user", false, 3_600, 8, null);
        static final Options TRANSIENT = new Options("user", true, 0, 8, null);

        Options user(String name) {
            return new Options(name, cleanStart, expirySeconds, receiveMaximum, will);
        }

        Options expiry(long seconds) {
            return new Options(userName, cleanStart, seconds, receiveMaximum, will);
        }

        Options window(int messages) {
            return new Options(userName, cleanStart, expirySeconds, messages, will);
        }

        Options clean(boolean clean) {
            return new Options(userName, clean, expirySeconds, receiveMaximum, will);
        }

        Options will(String topic, String payload, long delaySeconds) {
            Will last =
                    new Will(message(topic, payload), QoS.EXACTLY_ONCE, false, delaySeconds, -1);
            return new Options(userName, cleanStart, expirySeconds, receiveMaximum, last);
        }
    }

    static Message message(String topic, String payload) {
        return Message.of(Topic.of(topic), payload.getBytes(StandardCharsets.UTF_8));
    }

    static TestConnection ask(TestNode node, String id, Options options) {
        TestConnection connection = new TestConnection(node, id, options.receiveMaximum());
        node.sessions.attach(
                new AttachRequest(
                        id,
                        options.userName(),
                        options.cleanStart(),
                        options.expirySeconds(),
                        options.receiveMaximum(),
                        options.will(),
                        connection));
        return connection;
    }

    boolean isIn() {
        return attached != null && closed == null && !gone && node.isAlive();
    }

    boolean isOver() {
        return refused != null || closed != null || gone || !node.isAlive();
    }

    // What the client does. On the event loop.

    void subscribe(int packetId, String... filters) {
        List<SubscribeCommand.Item> items = new ArrayList<>();
        for (String filter : filters) {
            items.add(new SubscribeCommand.Granted(subscription(filter)));
        }
        SubscribeCommand command = new SubscribeCommand(packetId, items);
        io(
                () -> {
                    link().fromClient(command);
                    subscribe(command);
                });
    }

    private static Subscription subscription(String filter) {
        return new Subscription(
                TopicFilter.of(filter),
                new SubscriptionOptions(
                        QoS.EXACTLY_ONCE, false, false, SubscriptionOptions.RetainHandling.NEVER),
                0);
    }

    void send(Packet... packets) {
        List<Packet> all = List.of(packets);
        io(
                () -> {
                    for (Packet packet : all) {
                        if (link().fromClient(packet)) {
                            forward(packet);
                        }
                    }
                    flush();
                });
    }

    private void io(Runnable task) {
        node.io.execute(
                () -> {
                    if (!gone && closed == null) {
                        task.run();
                    }
                });
    }

    private Exchanges link() {
        Exchanges now = exchanges;
        assertNotNull(now);
        return now;
    }

    /** The connection breaks. */
    void vanish() {
        end(false, -1);
    }

    /** DISCONNECT. */
    void leave(long sessionExpirySeconds) {
        end(true, sessionExpirySeconds);
    }

    private void end(boolean dropWill, long sessionExpirySeconds) {
        node.io.execute(
                () -> {
                    if (gone) {
                        return;
                    }
                    gone = true;
                    Attached is = attached;
                    if (is != null) {
                        node.sessions.detach(id, is.attachment(), dropWill, sessionExpirySeconds);
                    }
                });
    }

    void congest(boolean value) {
        congested = value;
        Attached is = attached;
        if (!value && is != null) {
            node.io.execute(() -> node.sessions.drained(id, is.attachment()));
        }
    }

    // What is for the session.

    @Override
    public void forward(Packet packet) {
        batch.add(packet);
    }

    @Override
    public void subscribe(SubscribeCommand command) {
        flush();
        node.sessions.subscribe(id, attachment(), command);
    }

    private void flush() {
        if (!batch.isEmpty()) {
            node.sessions.packets(id, attachment(), List.copyOf(batch));
            batch.clear();
        }
    }

    long attachment() {
        Attached is = attached;
        assertNotNull(is);
        return is.attachment();
    }

    // What comes from the shard.

    @Override
    public void attached(Attached answer) {
        node.io.execute(
                () -> {
                    assertNull(attached, "attached twice");
                    assertNull(refused, "attached though refused");
                    attached = answer;
                    if (gone) {
                        node.sessions.detach(id, answer.attachment(), true, -1);
                    } else if (answer.durable()) {
                        int window = Math.min(receiveMaximum, TestNode.INFLIGHT_MAX);
                        exchanges = new Exchanges(this, !answer.sessionPresent(), window);
                    }
                });
    }

    @Override
    public void refused(ReasonCode reason, String cause) {
        node.io.execute(
                () -> {
                    assertNull(attached, "refused though attached");
                    assertNull(refused, "refused twice");
                    assertFalse(reason == ReasonCode.USE_ANOTHER_SERVER, "meant for nodes only");
                    refused = reason;
                });
    }

    @Override
    public void send(List<Packet> packets) {
        node.io.execute(
                () -> {
                    if (gone || closed != null) {
                        return;
                    }
                    for (Packet packet : packets) {
                        Packet mine = link().fromSession(packet);
                        if (mine != null) {
                            received.add(mine);
                        }
                    }
                    flush();
                });
    }

    @Override
    public void close(ReasonCode reason, String cause) {
        node.io.execute(
                () -> {
                    if (closed == null && !gone) {
                        closed = reason;
                        end(false, -1);
                    }
                });
    }

    @Override
    public void leaderChanged() {
        node.io.execute(
                () -> {
                    if (gone || closed != null) {
                        return;
                    }
                    batch.clear();
                    node.sessions.leaderChangeSeen(id, attachment());
                    link().leaderChanged();
                    flush();
                });
    }

    @Override
    public boolean congested() {
        return congested;
    }
}
