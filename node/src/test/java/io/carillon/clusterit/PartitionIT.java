package io.carillon.clusterit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.RefusedException;
import io.carillon.e2e.client.TestClient;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.recovery.Traffic;
import io.carillon.testing.ConnectRefused;
import io.carillon.testing.RawClient;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.Host;
import io.carillon.testing.cluster.Lan;
import io.carillon.testing.cluster.RunningCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links between nodes are cut: the smaller side waits, the larger goes on, and all heals. */
final class PartitionIT {
    private static final int MESSAGES_PER_SECOND = 100;
    private static final int SOME = 300;

    @RegisterExtension static final RunningCluster THREE = RunningCluster.onLan(3);

    @AutoClose private final NodeClients clients = new NodeClients();
    private final String topic = Names.topic();

    @AfterEach
    void heal() {
        lan().heal();
        lan().plug(host(0));
    }

    /** The minority serves nobody, the majority serves everybody, and nothing is lost. */
    @Test
    void theMinorityWaits() throws Exception {
        ClusterNode alone = THREE.node(0);
        List<ClusterNode> others = THREE.cluster().others(alone);
        Traffic traffic = new Traffic(new LivingNodes(others), MESSAGES_PER_SECOND);
        traffic.begin();
        traffic.awaitAcknowledgements(SOME);
        lan().isolate(alone.host(), List.of(host(1), host(2)));
        alone.awaitUnready();
        refusesClients(alone);
        for (int i = 0; i < 3; i++) {
            traffic.awaitAcknowledgements(SOME);
        }
        others.forEach(ClusterNode::awaitReady);
        lan().heal();
        alone.awaitReady();
        traffic.awaitAcknowledgements(SOME);
        traffic.end();
        System.out.println("PartitionIT: " + traffic + ", refused " + traffic.refused());
        traffic.check();
        allIsOne();
    }

    /** The same where a cable is pulled. */
    @Test
    void aPulledCableIsPluggedInAgain() {
        lan().unplug(host(0));
        TestClient subscriber = clients.connect(THREE.node(1));
        subscriber.subscribe(topic, 1);
        Message message = Message.of(topic, "two are enough", 1);
        clients.connect(THREE.node(2)).publish(message);
        assertEquals(message, subscriber.receive());
        lan().plug(host(0));
        allIsOne();
    }

    /** A session goes on at the larger side; who stays behind is put out after the heal. */
    @Test
    void aSessionMovesToTheMajority() {
        ClientOptions options = ClientOptions.durableSession(Names.clientId());
        TestClient behind = clients.connect(THREE.node(0), options);
        behind.subscribe(topic, 1);
        lan().isolate(host(0), List.of(host(1), host(2)));
        THREE.node(0).awaitUnready();
        TestClient moved = clients.connect(THREE.node(1), options);
        Message message = Message.of(topic, "where the majority is", 1);
        clients.connect(THREE.node(2)).publish(message);
        assertEquals(message, moved.receive());
        lan().heal();
        behind.awaitEnd();
        allIsOne();
    }

    /** Where no two see each other nobody serves; it heals by itself. */
    @Test
    void threeSidesWait() {
        lan().cut(host(0), host(1));
        lan().cut(host(0), host(2));
        lan().cut(host(1), host(2));
        THREE.cluster().nodes().forEach(ClusterNode::awaitUnready);
        THREE.cluster().nodes().forEach(PartitionIT::refusesClients);
        lan().heal();
        allIsOne();
    }

    /** A link that carries one way only is no link. */
    @Test
    void oneWayIsNoWay() {
        lan().cutOneWay(host(0), host(1));
        lan().cutOneWay(host(0), host(2));
        TestClient subscriber = clients.connect(THREE.node(1));
        subscriber.subscribe(topic, 1);
        Message message = Message.of(topic, "two are enough", 1);
        clients.connect(THREE.node(2)).publish(message);
        assertEquals(message, subscriber.receive());
        lan().heal();
        allIsOne();
    }

    /** Two that do not see each other while a third sees both: what was acknowledged arrives. */
    @Test
    void oneLinkOfThreeIsGone() throws Exception {
        Traffic traffic =
                new Traffic(new LivingNodes(THREE.cluster().nodes()), MESSAGES_PER_SECOND);
        traffic.begin();
        traffic.awaitAcknowledgements(SOME);
        lan().cut(host(0), host(1));
        traffic.awaitAcknowledgements(SOME);
        lan().heal();
        allIsOne();
        traffic.end();
        traffic.check();
    }

    /** A fifth of all packets is lost: it is slower, and nothing else. */
    @Test
    void lossySlowsDown() throws Exception {
        lan().lose(20, host(0), host(1));
        lan().lose(20, host(0), host(2));
        Traffic traffic =
                new Traffic(
                        new LivingNodes(THREE.cluster().others(THREE.node(0))),
                        MESSAGES_PER_SECOND);
        traffic.begin();
        for (int i = 0; i < 3; i++) {
            traffic.awaitAcknowledgements(SOME);
        }
        lan().heal();
        allIsOne();
        traffic.end();
        traffic.check();
    }

    /**
     * All are ready and a message passes from each node to each: at last, since a node may find out
     * of a cut only after it was mended.
     */
    private void allIsOne() {
        await("all nodes are one")
                .atMost(ClusterNode.DEADLINE)
                .ignoreException(RefusedException.class)
                .untilAsserted(this::isOne);
    }

    private void isOne() {
        THREE.cluster().awaitCalm();
        List<TestClient> each = THREE.cluster().nodes().stream().map(clients::connect).toList();
        String all = topic + "/all/" + Names.clientId();
        each.forEach(client -> client.subscribe(all, 1));
        for (TestClient publisher : each) {
            Message message = Message.of(all, "from " + each.indexOf(publisher), 1);
            publisher.publish(message);
            each.forEach(client -> assertEquals(message, client.receive()));
        }
    }

    private static void refusesClients(ClusterNode node) {
        try (RawClient client = RawClient.ofOneConnection("refused", MqttVersion.V5)) {
            ConnectRefused refusal =
                    assertThrows(ConnectRefused.class, () -> client.connect(node.mqtt()));
            // The second if it was about to be let in when the node sent its clients away.
            assertTrue(
                    refusal.reason() == ReasonCode.SERVER_UNAVAILABLE
                            || refusal.reason() == ReasonCode.USE_ANOTHER_SERVER,
                    node.name() + ": " + refusal.reason());
        }
    }

    private static Lan lan() {
        return THREE.lan();
    }

    private static Host host(int number) {
        return THREE.node(number).host();
    }
}
