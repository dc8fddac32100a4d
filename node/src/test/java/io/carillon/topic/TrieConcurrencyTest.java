package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers against writers. Each test states the reordering that it hunts. */
@Timeout(120)
class TrieConcurrencyTest {
    private static final int CHANGES = 40_000;

    private final TopicTrie trie = new TopicTrie();
    private final TestSubscriber anna = new TestSubscriber(0, "anna");

    private interface Task {
        void run() throws Exception;
    }

    /** Runs writers once and readers again and again until the writers are done. */
    private static void race(List<Task> writers, List<Task> readers) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> reading = new ArrayList<>();
            for (Task reader : readers) {
                reading.add(
                        threads.submit(
                                () -> {
                                    do {
                                        reader.run();
                                    } while (!done.get());
                                    return null;
                                }));
            }
            List<Future<?>> writing = new ArrayList<>();
            for (Task writer : writers) {
                writing.add(
                        threads.submit(
                                () -> {
                                    writer.run();
                                    return null;
                                }));
            }
            try {
                for (Future<?> future : writing) {
                    future.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<?> future : reading) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /**
     * Hunts: a walk looks at {@code x/y} before the client subscribes there, and at {@code x/+}
     * after the client has left it; the client, subscribed at every moment, is missed.
     */
    @Test
    void clientThatMovesIsNeverMissed() throws Exception {
        Topic topic = Topic.of("x/y");
        TopicFilter exact = TopicFilter.of("x/y");
        TopicFilter wild = TopicFilter.of("x/+");
        trie.subscribe(anna, TestSubscriber.to("x/+"));
        race(
                List.of(
                        () -> {
                            for (int i = 0; i < CHANGES; i++) {
                                trie.subscribe(anna, TestSubscriber.to("x/y"));
                                trie.unsubscribe(anna, wild);
                                trie.subscribe(anna, TestSubscriber.to("x/+"));
                                trie.unsubscribe(anna, exact);
                            }
                        }),
                List.of(
                        () -> assertEquals(1, trie.match(topic).targetCount()),
                        () -> assertEquals(1, trie.match(topic).targetCount())));
    }

    /**
     * Hunts: while siblings come and go, a table is rebuilt, a slot is freed or a branch is pruned,
     * and a search ends too early or in a branch that is cut off.
     */
    @Test
    void siblingsThatComeAndGoHideNobody() throws Exception {
        List<Topic> stable = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            stable.add(Topic.of("fleet/s" + i + "/state"));
            trie.subscribe(anna, TestSubscriber.to("fleet/s" + i + "/+"));
        }
        race(
                List.of(() -> comeAndGo("bert"), () -> comeAndGo("carl")),
                List.of(
                        () -> {
                            for (Topic topic : stable) {
                                assertNotNull(trie.match(topic).find(anna), topic.name());
                            }
                        }));
        for (int i = 0; i < 16; i++) {
            trie.unsubscribe(anna, TopicFilter.of("fleet/s" + i + "/+"));
        }
        assertTrue(trie.isBare());
        assertEquals(0, trie.subscriptionCount());
        assertEquals(0, trie.filterCount());
    }

    private void comeAndGo(String name) {
        TestSubscriber subscriber = new TestSubscriber(1, name);
        for (int round = 0; round < CHANGES / 400; round++) {
            int count = 1 << round % 9;
            for (int i = 0; i < count; i++) {
                trie.subscribe(subscriber, TestSubscriber.to("fleet/" + name + i + "/#"));
                trie.subscribe(subscriber, TestSubscriber.to("fleet/s" + i % 16 + "/" + name + i));
            }
            for (int i = 0; i < count; i++) {
                trie.unsubscribe(subscriber, TopicFilter.of("fleet/" + name + i + "/#"));
                trie.unsubscribe(subscriber, TopicFilter.of("fleet/s" + i % 16 + "/" + name + i));
            }
        }
    }

    /**
     * Hunts: a kept match is stamped as current although it was found before a change that had
     * returned, so that a message after the SUBACK passes its subscriber by.
     */
    @Test
    void keptMatchIsNeverOlderThanTheLastAnsweredChange() throws Exception {
        LiveMatch[] live = {trie.live(Topic.of("a/b/c")), trie.live(Topic.of("a/b/c"))};
        AtomicInteger answered = new AtomicInteger();
        Task writer =
                () -> {
                    for (int i = 1; i <= CHANGES; i++) {
                        trie.subscribe(
                                anna,
                                TestSubscriber.to(
                                        i % 2 == 0 ? "a/b/c" : "a/+/c",
                                        QoS.AT_LEAST_ONCE,
                                        false,
                                        false,
                                        i));
                        answered.set(i);
                    }
                };
        List<Task> readers = new ArrayList<>();
        for (LiveMatch each : live) {
            readers.add(
                    () -> {
                        int atLeast = answered.get();
                        Target target = each.now().find(anna);
                        int newest = 0;
                        for (int id : target == null ? new int[0] : target.identifiers()) {
                            newest = Math.max(newest, id);
                        }
                        assertTrue(newest >= atLeast, newest + " but " + atLeast + " is answered");
                    });
        }
        race(List.of(writer), readers);
    }

    /**
     * Hunts: while members join and leave, a turn points behind the last member, or two loops take
     * the same turn, so that nobody gets a message or the shares grow unequal.
     */
    @Test
    void picksGoOnWhileMembersChange() throws Exception {
        TopicFilter filter = TopicFilter.of("$share/g/a");
        trie.subscribe(anna, TestSubscriber.to(filter.text()));
        SharedGroup group = trie.match(Topic.of("a")).groups()[0];
        List<TestSubscriber> guests = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            guests.add(new TestSubscriber(i % 3, "guest" + i).online(i % 2 == 0));
        }
        Task pick = () -> assertNotNull(group.pick(null));
        race(
                List.of(
                        () -> {
                            for (int i = 0; i < CHANGES / 400; i++) {
                                for (TestSubscriber guest : guests) {
                                    trie.subscribe(guest, TestSubscriber.to(filter.text()));
                                }
                                for (TestSubscriber guest : guests) {
                                    trie.unsubscribe(guest, filter);
                                }
                            }
                        }),
                List.of(pick, pick));
    }

    /** Hunts: two loops read the same turn and both give the message to the same member. */
    @Test
    void sharesAreEqualAcrossLoops() throws Exception {
        int members = 7;
        for (int i = 0; i < members; i++) {
            trie.subscribe(new TestSubscriber(i, "c" + i), TestSubscriber.to("$share/g/a"));
        }
        SharedGroup group = trie.match(Topic.of("a")).groups()[0];
        AtomicLongArray shares = new AtomicLongArray(members);
        Task pick =
                () -> {
                    for (int i = 0; i < members * 1_000; i++) {
                        Target target = group.pick(null);
                        assertNotNull(target);
                        shares.incrementAndGet(target.subscriber().lane());
                    }
                };
        race(List.of(pick, pick, pick), List.of());
        for (int i = 0; i < members; i++) {
            assertEquals(3_000, shares.get(i));
        }
    }
}
