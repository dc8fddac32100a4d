package io.carillon.peers.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.peers.session.TestConnection.Options;
import io.carillon.shard.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients at some nodes whose sessions others lead. */
class ClusterSessionsTest {
    private final TestCluster cluster = TestCluster.of(3, 2);
    private final TestNode first = cluster.nodes.get(0);
    private final TestNode second = cluster.nodes.get(1);
    private final TestNode third = cluster.nodes.get(2);
    private final TestConnection witness = connect(first, "witness", Options.DURABLE);

    ClusterSessionsTest() {
        witness.subscribe(1, "will/#", "t/#");
        cluster.run();
        taken(witness);
    }

    @AfterEach
    void noTaskFailed() {
        cluster.assertHealthy();
    }

    private TestConnection connect(TestNode node, String id, Options options) {
        TestConnection connection = TestConnection.ask(node, id, options);
        cluster.run();
        assertNull(connection.refused);
        assertNotNull(connection.attached, id);
        return connection;
    }

    private void publish(String topic, String payload, QoS qos) {
        third.dispatch.publish(
                new Publication(TestConnection.message(topic, payload), qos, false, "publisher"),
                _ -> {});
        cluster.run();
    }

    /** The payloads that have come; each is acknowledged. */
    private List<String> taken(TestConnection connection) {
        List<String> payloads = new ArrayList<>();
        cluster.run();
        while (!connection.received.isEmpty()) {
            List<Packet> packets = List.copyOf(connection.received);
            connection.received.clear();
            for (Packet packet : packets) {
                if (packet instanceof Publish publish) {
                    payloads.add(text(publish));
                    connection.send(
                            publish.qos() == QoS.AT_LEAST_ONCE
                                    ? new Puback(publish.packetId())
                                    : new Pubrec(publish.packetId()));
                } else if (packet instanceof Pubrel pubrel) {
                    connection.send(new Pubcomp(pubrel.packetId()));
                }
            }
            cluster.run();
        }
        return payloads;
    }

    private static String text(Publish publish) {
        return new String(publish.message().payload(), StandardCharsets.UTF_8);
    }

    private int shardOf(String clientId) {
        return first.shards.number(clientId);
    }

    private void move(int shard, TestNode to) {
        cluster.depose(shard, 0);
        cluster.elect(shard, to);
    }

    /** What a remote durable session is told and tells goes both ways. */
    @Test
    void aDurableSessionIsLedElsewhere() {
        TestConnection client = connect(second, "c", Options.DURABLE);
        assertFalse(client.attached.sessionPresent());
        client.subscribe(7, "t/+");
        cluster.run();
        assertEquals(List.of(new Suback(7, List.of(ReasonCode.GRANTED_QOS_2))), client.received);
        client.received.clear();
        publish("t/1", "a", QoS.AT_LEAST_ONCE);
        publish("t/1", "b", QoS.EXACTLY_ONCE);
        assertEquals(List.of("a", "b"), taken(client));
        client.leave(-1);
        publish("t/1", "c", QoS.AT_LEAST_ONCE);
        TestConnection again = connect(third, "c", Options.DURABLE);
        assertTrue(again.attached.sessionPresent());
        assertEquals(List.of("c"), taken(again));
    }

    /** [MQTT-3.1.4-3] */
    @Test
    void aClientIsTakenOverAcrossNodes() {
        for (Options options : List.of(Options.DURABLE, Options.TRANSIENT)) {
            TestConnection old = connect(second, "c", options);
            TestConnection next = connect(third, "c", options);
            assertEquals(ReasonCode.SESSION_TAKEN_OVER, old.closed);
            TestConnection local = connect(first, "c", options);
            assertEquals(ReasonCode.SESSION_TAKEN_OVER, next.closed);
            assertTrue(local.isIn());
            local.leave(0);
            cluster.run();
        }
    }

    @Test
    void onlyTheSameUserTakesOver() {
        TestConnection old = connect(second, "c", Options.TRANSIENT);
        TestConnection other = TestConnection.ask(third, "c", Options.TRANSIENT.user("mallory"));
        cluster.run();
        assertEquals(ReasonCode.NOT_AUTHORIZED, other.refused);
        assertTrue(old.isIn());
    }

    /** P7 */
    @Test
    void theWillsOfALostNodeArePublished() {
        connect(second, "c", Options.TRANSIENT.will("will/c", "transient", 0));
        connect(second, "d", Options.DURABLE.will("will/d", "durable", 0));
        connect(third, "e", Options.TRANSIENT.will("will/e", "lives", 0));
        cluster.kill(second);
        assertEquals(List.of("durable", "transient"), taken(witness).stream().sorted().toList());
    }

    @Test
    void aClientThatComesBackAtAnotherNodeKeepsItsDelayedWill() {
        connect(second, "c", Options.DURABLE.will("will/c", "delayed", 10));
        cluster.kill(second);
        cluster.advanceMillis(6_000);
        TestConnection again = connect(third, "c", Options.DURABLE);
        cluster.advanceMillis(12_000);
        assertEquals(List.of(), taken(witness));
        again.vanish();
    }

    @Test
    void theShardDecidesWhenASessionExpires() {
        connect(second, "c", Options.DURABLE.expiry(30).will("will/c", "end", 60)).vanish();
        cluster.run();
        move(shardOf("c"), third);
        cluster.advanceMillis(29_000);
        assertEquals(List.of(), taken(witness));
        cluster.advanceMillis(3_000);
        assertEquals(List.of("end"), taken(witness));
        TestConnection again = connect(first, "c", Options.DURABLE);
        assertFalse(again.attached.sessionPresent());
    }

    @Test
    void anAttachWaitsForALeaderAndIsRefusedInTime() {
        cluster.depose(shardOf("c"), 0);
        TestConnection client = TestConnection.ask(second, "c", Options.DURABLE);
        cluster.advanceMillis(TestNode.CONNECT_MILLIS - 500);
        assertNull(client.refused);
        cluster.elect(shardOf("c"), third);
        cluster.advanceMillis(500);
        assertTrue(client.isIn());

        cluster.depose(shardOf("c"), 0);
        cluster.tell(shardOf("c"), null);
        TestConnection other = TestConnection.ask(second, "c", Options.DURABLE);
        cluster.advanceMillis(TestNode.CONNECT_MILLIS + 500);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, other.refused);
    }

    @Test
    void anAttachUnderWayGoesToTheNextLeader() {
        for (TestNode node : List.of(first, second)) {
            cluster.run();
            TestConnection client = TestConnection.ask(node, "c", Options.DURABLE);
            cluster.runWithoutCommit();
            assertNull(client.attached);
            move(shardOf("c"), third);
            cluster.run();
            assertTrue(client.isIn());
            assertTrue(client.attached.durable());
            client.leave(0);
            cluster.run();
            move(shardOf("c"), first);
        }
    }

    @Test
    void livingConnectionsAreAdoptedByTheNextLeader() {
        TestConnection durable = connect(second, "d", Options.DURABLE.will("will/d", "d", 0));
        TestConnection local = connect(first, "l", Options.DURABLE);
        TestConnection plain = connect(second, "p", Options.TRANSIENT);
        TestConnection willed = connect(third, "w", Options.TRANSIENT.will("will/w", "w", 0));
        durable.subscribe(1, "t/#");
        local.subscribe(1, "t/#");
        taken(durable);
        taken(local);
        move(0, third);
        move(1, second);
        cluster.advanceMillis(2 * TestNode.REATTACH_MILLIS);
        assertEquals(List.of(), taken(witness));
        publish("t/x", "x", QoS.AT_LEAST_ONCE);
        assertEquals(List.of("x"), taken(durable));
        assertEquals(List.of("x"), taken(local));
        for (TestConnection each : List.of(durable, local, plain, willed, witness)) {
            assertTrue(each.isIn(), each.id);
        }
        connect(first, "p", Options.TRANSIENT);
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, plain.closed);
        durable.vanish();
        willed.vanish();
        assertEquals(List.of("x", "d", "w"), taken(witness));
    }

    @Test
    void connectionsThatDoNotSurviveTheirLeaderEndAtTheNextOne() {
        connect(first, "c", Options.TRANSIENT.will("will/c", "c", 0));
        connect(first, "d", Options.DURABLE.will("will/d", "d", 0));
        TestConnection elsewhere = connect(second, "witness", Options.DURABLE);
        cluster.kill(first);
        cluster.elect(0, second);
        cluster.elect(1, third);
        cluster.advanceMillis(TestNode.REATTACH_MILLIS - 1_000);
        assertEquals(List.of(), taken(elsewhere));
        cluster.advanceMillis(2_000);
        assertEquals(List.of("c", "d"), taken(elsewhere).stream().sorted().toList());
    }

    @Test
    void aConnectionThatEndsWhileNobodyLeadsIsDetachedByTheNextLeader() {
        TestConnection client = connect(second, "c", Options.DURABLE.will("will/c", "c", 0));
        move(shardOf("witness"), first);
        cluster.run();
        cluster.depose(shardOf("c"), 0);
        client.leave(-1);
        cluster.advanceMillis(1_000);
        cluster.elect(shardOf("c"), third);
        cluster.advanceMillis(2 * TestNode.REATTACH_MILLIS);
        assertEquals(List.of(), taken(witness));
    }

    @Test
    void aShardIsHandedOverWithoutAWord() {
        TestConnection client = connect(second, "c", Options.DURABLE.will("will/c", "c", 0));
        TestConnection local = connect(first, "d", Options.TRANSIENT.will("will/d", "d", 0));
        client.subscribe(1, "t/#");
        taken(client);
        int shard = shardOf("c");
        TestConnection late = TestConnection.ask(third, "late", Options.DURABLE);
        cluster.runWithoutCommit();
        for (int i = 0; i < 2; i++) {
            int number = i;
            first.shardLoop.execute(() -> cluster.shards.get(number).pause(true));
        }
        cluster.run();
        publish("t/1", "a", QoS.EXACTLY_ONCE);
        assertEquals(List.of(), taken(client));
        first.shardLoop.execute(() -> cluster.shards.get(1 - shard).pause(false));
        move(shard, third);
        cluster.advanceMillis(2 * TestNode.REATTACH_MILLIS);
        assertEquals(List.of("a"), taken(client));
        assertEquals(List.of("a"), taken(witness));
        for (TestConnection each : List.of(client, local, late)) {
            assertTrue(each.isIn(), each.id);
        }
    }

    @Test
    void anOlderConnectionThatAnnouncesItselfLateIsClosed() {
        TestConnection old = connect(second, "c", Options.TRANSIENT);
        cluster.depose(shardOf("c"), 0);
        int shard = shardOf("c");
        cluster.elect(shard, third);
        third.shardLoop.runUntilIdle();
        third.cluster.runUntilIdle(); // the others have not heard of it
        TestConnection next = TestConnection.ask(third, "c", Options.TRANSIENT);
        while (third.loops().stream().anyMatch(loop -> loop.runTurn())) {
            // again
        }
        assertTrue(next.isIn());
        cluster.run();
        assertTrue(next.isIn());
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, old.closed);
    }

    /** The next leader knows from the row that there is one, and where. */
    @Test
    void aClientIsLetInWhenAConnectionThatIsToBeAnnouncedHasEnded() {
        TestConnection old = connect(second, "c", Options.DURABLE);
        int shard = shardOf("c");
        cluster.depose(shard, 0);
        cluster.elect(shard, third);
        third.shardLoop.runUntilIdle();
        third.cluster.runUntilIdle(); // the others have not heard of it
        TestConnection next = TestConnection.ask(third, "c", Options.DURABLE);
        for (int i = 0; i < 10; i++) {
            third.loops().forEach(loop -> loop.runTurn());
            third.shardLoop.execute(() -> cluster.shards.get(shard).commit(Integer.MAX_VALUE));
        }
        assertFalse(next.isIn());
        cluster.run();
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, old.closed);
        assertTrue(next.isIn());
        assertTrue(next.attached.sessionPresent());
    }

    @Test
    void aConnectionThatIsGoneWithItsNodeIsNotWaitedFor() {
        connect(second, "c", Options.DURABLE);
        move(shardOf("c"), first);
        cluster.depose(shardOf("c"), 0);
        cluster.kill(second);
        cluster.elect(shardOf("c"), third);
        assertTrue(connect(third, "c", Options.DURABLE).attached.sessionPresent());
    }

    @Test
    void aTieThatIsRefusedIsMadeAnew() {
        TestConnection client = connect(second, "c", Options.DURABLE);
        client.subscribe(1, "t/#");
        taken(client);
        first.refuses = true;
        publish("t/1", "a", QoS.EXACTLY_ONCE);
        publish("t/1", "b", QoS.AT_LEAST_ONCE);
        assertEquals(List.of(), taken(client));
        first.refuses = false;
        cluster.advanceMillis(500);
        assertEquals(List.of("a", "b"), taken(client));
        second.refuses = true;
        publish("t/1", "c", QoS.EXACTLY_ONCE);
        assertEquals(List.of("c"), taken(client));
        second.refuses = false;
        cluster.advanceMillis(500);
        publish("t/1", "d", QoS.AT_LEAST_ONCE);
        assertEquals(List.of("d"), taken(client));
    }

    @Test
    void aClientThatTakesNoMoreStopsItsLeader() {
        TestConnection client = connect(second, "c", Options.DURABLE.window(1));
        client.subscribe(1, "t/#");
        taken(client);
        client.congest(true);
        for (int i = 0; i < 100; i++) {
            publish("t/1", "m" + i, QoS.AT_MOST_ONCE);
        }
        assertEquals(1, client.received.size());
        client.congest(false);
        publish("t/1", "last", QoS.AT_LEAST_ONCE);
        assertEquals("last", taken(client).getLast());
    }
}
