package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a model client publishes, and keeps until the broker took it over. */
final class ModelPublisher {
    private record Sent(long number, Publication publication, boolean released) {}

    private final String id;
    private final LinkedHashMap<Integer, Sent> sending = new LinkedHashMap<>();
    private int lastPacketId;

    /** The messages that the broker acknowledged. */
    final Set<Long> accepted = new TreeSet<>();

    ModelPublisher(String id) {
        this.id = id;
    }

    boolean isDone() {
        return sending.isEmpty();
    }

    /** The client starts anew. */
    void forget() {
        sending.clear();
    }

    /** Publishes; at QoS 1 as a connection does for its client, at QoS 2 through its session. */
    void publish(
            TestNode node, FakeOutlet outlet, long number, String topic, QoS qos, boolean retain) {
        Publication publication =
                new Publication(TestNode.message(topic, id + " " + number), qos, retain, id);
        if (qos == QoS.AT_MOST_ONCE) {
            node.publish(publication);
            return;
        }
        do {
            lastPacketId = lastPacketId % 65_535 + 1;
        } while (sending.containsKey(lastPacketId));
        Sent sent = new Sent(number, publication, false);
        sending.put(lastPacketId, sent);
        send(node, outlet, lastPacketId, sent, false);
    }

    /** What is unfinished is sent again, in its order [MQTT-4.4.0-1]. */
    void resend(TestNode node, FakeOutlet outlet) {
        Map<Integer, Sent> again = new LinkedHashMap<>(sending);
        again.forEach((packetId, sent) -> send(node, outlet, packetId, sent, true));
    }

    private void send(TestNode node, FakeOutlet outlet, int packetId, Sent sent, boolean again) {
        Publication publication = sent.publication();
        if (sent.released()) {
            node.shards.packets(id, outlet.attachment(), List.of(new Pubrel(packetId)));
        } else if (publication.qos() == QoS.EXACTLY_ONCE) {
            Publish packet =
                    new Publish(
                            publication.message(),
                            publication.qos(),
                            publication.retain(),
                            again,
                            packetId);
            node.shards.packets(id, outlet.attachment(), List.of(packet));
        } else {
            Receipt receipt = outcome -> acknowledged(outlet, packetId, sent, outcome);
            ReasonCode outcome =
                    node.router.publish(
                            publication, node.trie.match(publication.message().topic()), receipt);
            if (outcome != null) {
                receipt.done(outcome);
            }
        }
    }

    /** The PUBACK, if the connection is still there to bring it. */
    private void acknowledged(FakeOutlet outlet, int packetId, Sent sent, ReasonCode outcome) {
        if (outlet.isOpen() && !outcome.isError() && sending.remove(packetId, sent)) {
            accepted.add(sent.number());
        }
    }

    void pubrec(TestNode node, FakeOutlet outlet, Pubrec packet) {
        Sent sent = sending.get(packet.packetId());
        if (sent != null) {
            assertFalse(packet.reason().isError(), packet.toString());
            accepted.add(sent.number());
            Sent released = new Sent(sent.number(), sent.publication(), true);
            sending.put(packet.packetId(), released);
            send(node, outlet, packet.packetId(), released, false);
        }
    }

    void pubcomp(Pubcomp packet) {
        sending.remove(packet.packetId());
    }
}
