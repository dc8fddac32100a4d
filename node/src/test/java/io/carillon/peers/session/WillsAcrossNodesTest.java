package io.carillon.peers.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.session.TestConnection.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A will is published if the client's connection has ended, and once: whatever its leader knew. */
class WillsAcrossNodesTest {
    private final TestCluster cluster = TestCluster.of(3, 2);
    private final TestNode first = cluster.nodes.get(0);
    private final TestNode second = cluster.nodes.get(1);
    private final TestNode third = cluster.nodes.get(2);
    private final TestConnection witness = TestConnection.ask(first, "witness", Options.DURABLE);
    private final int shard = first.shards.number("c");

    WillsAcrossNodesTest() {
        cluster.run();
        witness.subscribe(1, "will/#");
        cluster.run();
    }

    @AfterEach
    void noTaskFailed() {
        cluster.assertHealthy();
    }

    private static Options options(boolean durable) {
        return (durable ? Options.DURABLE : Options.TRANSIENT).will("will/c", "c", 0);
    }

    /** Its payloads, as the witness has got them so far. */
    private List<String> wills() {
        return witness.received.stream()
                .filter(Publish.class::isInstance)
                .map(each -> ((Publish) each).message().payload())
                .map(payload -> new String(payload, StandardCharsets.UTF_8))
                .toList();
    }

    private void takeForGone(TestNode leader, TestNode node) {
        leader.cluster.execute(() -> leader.sessions.detachNode(node.id));
    }

    private void forget(TestNode node, TestNode leader) {
        node.cluster.execute(() -> node.sessions.forgottenBy(leader.id));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLeaderThatIsAloneWithItsOpinionPublishesNone(boolean durable) {
        TestConnection client = TestConnection.ask(second, "c", options(durable));
        cluster.run();
        takeForGone(first, second);
        cluster.runWithoutCommit();
        cluster.depose(shard, 0);
        cluster.elect(shard, third);
        cluster.advanceMillis(2 * TestNode.REATTACH_MILLIS);
        assertTrue(client.isIn());
        assertEquals(List.of(), wills());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionWhoseWillIsPublishedDoesNotComeBack(boolean durable) {
        TestConnection client = TestConnection.ask(second, "c", options(durable));
        cluster.run();
        takeForGone(first, second);
        cluster.run();
        assertEquals(List.of("c"), wills());
        assertTrue(client.isIn(), "nobody has told it yet");
        forget(second, first);
        cluster.advanceMillis(1_000);
        assertEquals(ReasonCode.UNSPECIFIED_ERROR, client.closed);
        assertEquals(List.of("c"), wills());
    }

    /** The leader had stored the attach, and was lost before it answered. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAttachThatIsToldAgainTakesNobodyOver(boolean durable) {
        TestConnection client = TestConnection.ask(second, "c", options(durable));
        cluster.runWithoutCommit();
        assertNull(client.attached);
        cluster.depose(shard, Integer.MAX_VALUE);
        cluster.elect(shard, third);
        cluster.advanceMillis(2 * TestNode.REATTACH_MILLIS);
        assertTrue(client.isIn());
        assertFalse(client.attached.sessionPresent(), "the client knows of none");
        assertEquals(List.of(), wills());
        client.vanish();
        cluster.run();
        assertEquals(List.of("c"), wills());
    }

    /** The leader let the client in, and had taken its node for gone before it answered. */
    @Test
    void anAttachThatIsToldAgainComesTooLate() {
        TestConnection client = TestConnection.ask(second, "c", options(true));
        cluster.runWithoutCommit();
        takeForGone(first, second);
        cluster.run();
        forget(second, first);
        cluster.advanceMillis(1_000);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, client.refused);
        assertEquals(List.of(), wills());
    }

    /** The answer was lost, and the will went out since: nothing of the connection may be left. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAttachThatIsToldAgainHasNoSecondWill(boolean durable) {
        TestConnection client = TestConnection.ask(second, "c", options(durable));
        cluster.runWithoutCommit();
        runWithout(second);
        takeForGone(first, second);
        runWithout(second);
        assertEquals(List.of("c"), wills());
        forget(second, first);
        cluster.advanceMillis(1_000);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, client.refused);
        assertEquals(List.of("c"), wills());
    }

    /** Its client is back at another node before its node has told that it had said goodbye. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGoodbyeThatIsOvertakenCancelsTheWill(boolean durable) {
        TestConnection client = TestConnection.ask(second, "c", options(durable));
        cluster.run();
        client.leave(-1);
        TestConnection again = TestConnection.ask(third, "c", Options.TRANSIENT);
        runWithout(second);
        assertFalse(again.isIn());
        cluster.advanceMillis(2 * TestNode.REATTACH_MILLIS);
        assertTrue(again.isIn());
        assertEquals(List.of(), wills());
    }

    /** The same without a goodbye, and without a word of the node. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsReplacedHasItsWillPublished(boolean durable) {
        TestConnection.ask(second, "c", options(durable));
        cluster.run();
        TestConnection.ask(third, "c", Options.TRANSIENT);
        runWithout(second);
        second.kill();
        cluster.nodes.remove(second);
        cluster.advanceMillis(TestNode.REATTACH_MILLIS - 500);
        assertEquals(List.of(), wills());
        cluster.advanceMillis(1_000);
        assertEquals(List.of("c"), wills());
    }

    private void runWithout(TestNode node) {
        cluster.nodes.remove(node);
        cluster.run();
        cluster.nodes.add(node);
    }
}
