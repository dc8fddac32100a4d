package io.carillon.peers.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.PeerMessage.AllStored;
import io.carillon.peers.PeerMessage.Stored;
import io.carillon.peers.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AnswersTest {
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final ManualLoop loop = new ManualLoop("link-0", new ManualClock(0));
    private final FakePeers peers = new FakePeers();
    private final Answers answers = new Answers(loop, peers);

    private static final class FakePeers implements Peers {
        private final List<String> told = new ArrayList<>();

        @Override
        public NodeId self() {
            return new NodeId("a");
        }

        @Override
        public boolean isThere(NodeId node) {
            return true;
        }

        @Override
        public boolean tell(NodeId to, PeerMessage message) {
            return told.add(
                    to.name()
                            + switch (message) {
                                case AllStored(var receipts) -> receipts.toString();
                                case Stored(long receipt, var outcome, var elsewhere) ->
                                        " " + receipt + " " + outcome + elsewhere;
                                default -> throw new IllegalArgumentException("no answer");
                            });
        }

        @Override
        public void tellOnce(NodeId to, PeerMessage message) {
            throw new AssertionError("an answer is kept: " + message);
        }

        @Override
        public CompletableFuture<PeerMessage> ask(
                NodeId to, PeerMessage question, long timeoutMillis) {
            throw new AssertionError("answers are told, nothing is asked: " + question);
        }
    }

    private void stored(NodeId to, long receipt) {
        answers.add(to, receipt, ReasonCode.SUCCESS, List.of());
    }

    @Test
    void whatATurnStoredIsOneMessageToEachNode() {
        loop.execute(
                () -> {
                    stored(B, 1);
                    stored(C, 7);
                    stored(B, 2);
                    assertEquals(List.of(), peers.told);
                });
        loop.runUntilIdle();
        assertEquals(List.of("b[1, 2]", "c[7]"), peers.told.stream().sorted().toList());
        loop.execute(() -> stored(B, 3));
        loop.runUntilIdle();
        assertEquals("b[3]", peers.told.getLast());
    }

    @Test
    void otherOutcomesKeepTheirPlace() {
        loop.execute(
                () -> {
                    stored(B, 1);
                    answers.add(B, 2, ReasonCode.SUCCESS, List.of(4));
                    answers.add(B, 3, ReasonCode.QUOTA_EXCEEDED, List.of());
                    stored(B, 4);
                });
        loop.runUntilIdle();
        assertEquals(List.of("b[1]", "b 2 SUCCESS[4]", "b 3 QUOTA_EXCEEDED[]", "b[4]"), peers.told);
    }
}
