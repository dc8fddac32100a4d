package io.carillon.cluster.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two nodes say to each other with their heartbeats. */
class PulseTest {
    private static final long BEAT_MILLIS = 500;

    private final SimNet net = new SimNet();
    private final SimNode n1 = SimNode.start(net, 1);
    private final SimNode n2 = SimNode.start(net, 2);
    private final Word one = new Word(7);
    private final Word two = new Word(9);

    /** Says a word and agrees to one; remembers what others agreed to. */
    private final class Word implements Pulse {
        long says;
        long agreesTo;
        final List<String> heard = new ArrayList<>();
        final List<String> agreed = new ArrayList<>();

        Word(long says) {
            this.says = says;
        }

        @Override
        public long nowMillis() {
            return net.clock.millis();
        }

        @Override
        public long wordFor(NodeId peer) {
            return says;
        }

        @Override
        public boolean agrees(NodeId peer, Incarnation incarnation, long word) {
            heard.add(peer + " " + incarnation.boot() + " says " + word);
            return word == agreesTo;
        }

        @Override
        public void agreed(NodeId peer, long word, long saidMillis) {
            agreed.add(peer + " to " + word + " of " + saidMillis);
        }
    }

    private void connect() {
        n1.loop.execute(() -> n1.links.beatWith(one));
        n2.loop.execute(() -> n2.links.beatWith(two));
        n1.to(2);
        net.settle();
    }

    @Test
    void aHeartbeatSaysAWordAndWhoAgreesSaysSo() {
        connect();
        net.run(BEAT_MILLIS);
        assertEquals(List.of("n1 1 says 7"), two.heard);
        assertEquals(List.of(), one.agreed);
        two.agreesTo = 7;
        net.run(BEAT_MILLIS);
        assertEquals(List.of("n2 to 7 of 1000"), one.agreed);
        one.says = 8;
        net.run(BEAT_MILLIS);
        assertEquals(1, one.agreed.size());
    }

    @Test
    void aHeartbeatMayComeBetweenTheUsualOnes() {
        connect();
        two.agreesTo = 7;
        net.run(100);
        n1.loop.execute(n1.links::beatNow);
        net.settle();
        assertEquals(List.of("n2 to 7 of 100"), one.agreed);
    }

    @Test
    void aHeartbeatThatFindsTheWireFullGoesWithWhatFollows() {
        connect();
        two.agreesTo = 7;
        net.pipes.getFirst().hangs = true;
        for (int i = 0; i < 12; i++) {
            n1.keep(2, "x".repeat(900));
        }
        n1.links.flush();
        net.run(BEAT_MILLIS + 10);
        assertEquals(List.of(), two.heard);
        net.pipes.getFirst().hangs = false;
        net.settle();
        assertTrue(two.heard.contains("n1 1 says 7"));
        assertEquals(List.of("n2 to 7 of 510"), one.agreed);
    }

    @Test
    void nothingIsSaidOfWhatNobodySays() {
        n1.loop.execute(() -> n1.links.beatWith(one));
        n1.to(2);
        net.run(5_000);
        assertEquals(List.of(), one.agreed);
        assertEquals(List.of("up n2 1"), n1.events);
    }
}
