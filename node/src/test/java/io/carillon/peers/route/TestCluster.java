package io.carillon.peers.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.InterestSettings;
import io.carillon.cluster.interest.SharedPages;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.topic.Lanes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Nodes with routes in one thread; between them messages in order, and a shared map. */
final class TestCluster {
    static final Lanes LANES = new Lanes(2, 2);
    static final InterestSettings SETTINGS = InterestSettings.of("secret");

    private record Way(TestNode from, TestNode to) {}

    private record Message(TestNode to, NodeId from, byte[] bytes) {}

    final ManualClock clock = new ManualClock(0);
    final List<TestNode> nodes = new ArrayList<>();
    private final Map<Way, Queue<Message>> ways = new LinkedHashMap<>();
    private final Map<String, byte[]> sharedMap = new HashMap<>();

    TestCluster(int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(new TestNode(this, new NodeId("node-" + i)));
        }
        for (TestNode from : nodes) {
            for (TestNode to : nodes) {
                if (from != to) {
                    ways.put(new Way(from, to), new ArrayDeque<>());
                    from.loop.execute(() -> from.interest.peerUp(to.id));
                }
            }
        }
    }

    boolean send(TestNode from, NodeId to, byte[] bytes) {
        TestNode receiver =
                nodes.stream().filter(each -> each.id.equals(to)).findAny().orElseThrow();
        ways.get(new Way(from, receiver)).add(new Message(receiver, from.id, bytes));
        return true;
    }

    /** Hands over the oldest message of one way; false if there is none. */
    boolean deliver(int way) {
        List<Queue<Message>> all = new ArrayList<>(ways.values());
        Message message = all.get(way % all.size()).poll();
        if (message == null) {
            return false;
        }
        TestNode to = message.to;
        to.loop.execute(() -> to.interest.received(message.from, ByteBuffer.wrap(message.bytes)));
        return true;
    }

    int ways() {
        return ways.size();
    }

    /** Runs everything until it rests, until after nodes have compared what they know. */
    void settle() {
        long ticks = 2 * SETTINGS.reconcileMillis() / SETTINGS.tickMillis();
        for (int tick = 0; tick < ticks; tick++) {
            boolean busy = true;
            while (busy) {
                busy = false;
                for (int way = 0; way < ways.size(); way++) {
                    busy |= deliver(way);
                }
                for (TestNode node : nodes) {
                    busy |= node.shardLoop.runTurn() | node.loop.runTurn();
                }
            }
            clock.advanceMillis(SETTINGS.tickMillis());
        }
        for (TestNode node : nodes) {
            assertEquals(0, node.loop.failures() + node.shardLoop.failures(), "see the log");
        }
    }

    void down(TestNode one) {
        for (TestNode other : nodes) {
            if (other != one) {
                other.loop.execute(() -> other.interest.peerDown(one.id));
                ways.get(new Way(one, other)).clear();
                ways.get(new Way(other, one)).clear();
            }
        }
        nodes.remove(one);
        ways.keySet().removeIf(way -> way.from == one || way.to == one);
    }

    SharedPages pagesOf(NodeId node) {
        return new SharedPages() {
            @Override
            public CompletionStage<Void> write(List<Page> pages) {
                for (Page page : pages) {
                    byte @Nullable [] content = page.content();
                    if (content == null) {
                        sharedMap.remove(node + " " + page.key().text());
                    } else {
                        sharedMap.put(node + " " + page.key().text(), content);
                    }
                }
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<byte @Nullable []> read(NodeId writer, PageKey key) {
                return CompletableFuture.completedFuture(sharedMap.get(writer + " " + key.text()));
            }
        };
    }

    long sharedMapBytes() {
        return sharedMap.values().stream().mapToLong(page -> page.length).sum();
    }

    ManualLoop newLoop(String name) {
        return new ManualLoop(name, clock);
    }
}
