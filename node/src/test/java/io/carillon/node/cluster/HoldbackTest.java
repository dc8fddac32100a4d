package io.carillon.node.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.lease.Lease;
import io.carillon.cluster.lease.LeaseTerms;
import io.carillon.cluster.lease.Standing;
import io.carillon.cluster.lease.View;
import io.carillon.delivery.PublishReceipt;
import io.carillon.delivery.Router;
import io.carillon.delivery.Ways;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.shard.Lane;
import io.carillon.shard.Publication;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Subscriber;
import io.carillon.topic.Target;
import io.carillon.topic.TopicTrie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node of a cluster of one: its lease ends when its process stands still. */
class HoldbackTest {
    private static final Topic TOPIC = Topic.of("t");
    private static final NodeId SELF = new NodeId("n0");

    private final ManualClock clock = new ManualClock(1_000);
    private final ManualLoop loop = new ManualLoop("link", clock);
    private final List<String> handedOut = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private final TopicTrie trie = new TopicTrie();
    private final Subscriber subscriber = new Online(0, "one");
    private final Lane lane = (publication, _, _) -> handedOut.add(text(publication));
    private final Holdback holdback =
            new Holdback(loop, new Router(trie, List.of(lane), new Nowhere()));
    private final List<Lease> leases = new ArrayList<>();

    /** All subscribers are at an event loop. */
    private static final class Nowhere implements Ways {
        @Override
        public void retain(Publication publication, @Nullable PublishReceipt receipt) {
            throw new AssertionError("nothing is retained");
        }

        @Override
        public void handOut(
                Publication publication,
                LaneTargets[] lanes,
                List<Target> members,
                @Nullable PublishReceipt receipt) {
            throw new AssertionError("there is nobody else");
        }
    }

    private static final class Alone implements Standing {
        @Override
        public View view() {
            return new View(Map.of(SELF, new Incarnation(new DiskId(0, 1), 1, 1)), 1);
        }

        @Override
        public boolean isLevel(NodeId node) {
            return false;
        }

        @Override
        public void lapsed() {}

        @Override
        public void changed() {}
    }

    @BeforeEach
    void begin() {
        trie.subscribe(
                subscriber,
                new Subscription(TopicFilter.of("t"), SubscriptionOptions.of(QoS.EXACTLY_ONCE), 0));
        loop.execute(
                () -> {
                    Lease lease =
                            new Lease(SELF, loop, clock::millis, LeaseTerms.DEFAULT, new Alone());
                    leases.add(lease);
                    holdback.by(lease);
                });
        loop.runUntilIdle();
    }

    @Test
    void whatSomebodyWaitsForIsHeldBackInItsOrder() {
        publish("a", QoS.AT_LEAST_ONCE);
        fromShard("b");
        publish("c", QoS.EXACTLY_ONCE);
        loop.runUntilIdle();
        assertEquals(List.of(), handedOut);
        hold();
        assertEquals(List.of("a", "b", "c"), handedOut);
        assertEquals(List.of("a SUCCESS", "b SUCCESS", "c SUCCESS"), answered);
        publish("d", QoS.AT_LEAST_ONCE);
        assertEquals("d", handedOut.getLast());
    }

    @Test
    void whatNobodyWaitsForIsNot() {
        publish("a", QoS.AT_MOST_ONCE);
        assertEquals(List.of("a"), handedOut);
    }

    @Test
    void itIsMatchedWhenItGoes() {
        publish("a", QoS.AT_LEAST_ONCE);
        loop.runUntilIdle();
        trie.unsubscribe(subscriber, TopicFilter.of("t"));
        hold();
        assertEquals(List.of(), handedOut);
        assertEquals(List.of("a NO_MATCHING_SUBSCRIBERS"), answered);
    }

    @Test
    void nothingOvertakesWhatIsOnItsWayToBeHeld() {
        publish("a", QoS.AT_LEAST_ONCE);
        loop.execute(leases.getFirst()::resume); // "a" comes to the loop before that
        loop.runUntilIdle();
        publish("b", QoS.AT_LEAST_ONCE);
        assertEquals(List.of(), handedOut);
        loop.runUntilIdle();
        look();
        assertEquals(List.of("a", "b"), handedOut);
    }

    @Test
    void aPauseEndsTheLeaseAndWhatIsPublishedThenWaits() {
        hold();
        clock.advanceMillis(6_000);
        publish("a", QoS.AT_LEAST_ONCE);
        assertEquals(List.of(), handedOut);
        hold();
        assertEquals(List.of("a"), handedOut);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        byte[] large = new byte[16 << 20];
        for (int i = 0; i < 5; i++) {
            holdback.publish(
                    publication(Message.of(TOPIC, large), QoS.AT_LEAST_ONCE),
                    outcome -> answered.add(outcome.toString()));
        }
        loop.runUntilIdle();
        assertEquals(List.of("IMPLEMENTATION_SPECIFIC_ERROR"), answered.subList(0, 1));
        assertTrue(answered.size() < 5);
    }

    private void hold() {
        loop.runUntilIdle();
        loop.execute(leases.getFirst()::resume);
        look();
    }

    private void look() {
        loop.execute(holdback::look);
        loop.runUntilIdle();
        assertEquals(0, loop.failures());
    }

    private void publish(String text, QoS qos) {
        Publication publication = publication(message(text), qos);
        ReasonCode outcome =
                holdback.publish(
                        publication,
                        trie.match(TOPIC),
                        qos.acknowledged() ? each -> answered.add(text + " " + each) : null);
        assertTrue(outcome == null || outcome == ReasonCode.SUCCESS);
    }

    private void fromShard(String text) {
        holdback.publish(
                publication(message(text), QoS.AT_LEAST_ONCE),
                outcome -> answered.add(text + " " + outcome));
    }

    private static Publication publication(Message message, QoS qos) {
        return new Publication(message, qos, false, "publisher");
    }

    private static Message message(String text) {
        return Message.of(TOPIC, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Publication publication) {
        return new String(publication.message().payload(), StandardCharsets.UTF_8);
    }

    private record Online(int lane, String clientId) implements Subscriber {
        @Override
        public boolean online() {
            return true;
        }
    }
}
