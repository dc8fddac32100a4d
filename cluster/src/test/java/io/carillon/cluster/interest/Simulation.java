package io.carillon.cluster.interest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster whose clients come and go while streams break, lose, repeat and reorder, nodes die and
 * return, shards change leaders and the shared map forgets.
 *
 * <p>Checked at each completed barrier: what was announced before it and not changed since is
 * applied on all peers that were within reach all the time. Checked at each change: a node never
 * takes back what a shard has always wanted. Checked at the end: all know what was announced.
 */
final class Simulation {
    private static final int STEPS = 1_000;
    private static final int SHARDS = 2;

    /** No barrier ends by time, so that each that completes has to be true. */
    private static final InterestSettings SETTINGS =
            new InterestSettings("secret", 50, 1_000, 100_000_000, 40, 2_000);

    /** What a string is wanted with, -1 for not at all, and the number of the change to that. */
    private record Wanted(int attribute, long since) {}

    private static final class Shard {
        final Owner owner;
        final Map<String, Wanted> wanted = new HashMap<>();
        int term;
        @Nullable SimNode leader;

        Shard(Owner owner) {
            this.owner = owner;
        }
    }

    private final SimNetwork network;
    private final Random random;
    private final List<SimNode> nodes;
    private final List<Shard> shards = new ArrayList<>();

    /** What nodes want for themselves, -1 for what they don't any more. */
    private final Map<Owner, Map<String, Wanted>> wanted = new HashMap<>();

    private final List<String> failures = new ArrayList<>();
    private final int strings;
    private long changes;
    private int barriersOpen;
    private int barriersDone;

    Simulation(long seed) {
        network = new SimNetwork(seed);
        random = network.random;
        strings = 1 << 3 + random.nextInt(9);
        nodes =
                List.of("a", "b", "c", "d").stream()
                        .limit(2 + random.nextInt(3))
                        .map(each -> network.add(each, SETTINGS))
                        .toList();
        for (int i = 0; i < SHARDS; i++) {
            Shard shard = new Shard(SimNode.shard(i));
            for (int j = random.nextInt(200); j > 0; j--) {
                shard.wanted.put("always/" + j, new Wanted(0, 0));
            }
            shards.add(shard);
            wanted.put(shard.owner, shard.wanted);
        }
        nodes.forEach(each -> wanted.put(each.owner, new HashMap<>()));
        nodes.forEach(
                each -> each.whenTakenBack = (owner, string) -> takenBack(each, owner, string));
    }

    /** Runs it; returns what tells one run from another. */
    String run() {
        network.connectAll();
        shards.forEach(this::elect);
        for (int step = 0; step < STEPS; step++) {
            disturb();
            act();
            network.run(random.nextInt(20));
            assertEquals(List.of(), failures);
        }
        heal();
        check();
        return network.messages + " messages, " + network.bytes + " bytes, " + barriersDone;
    }

    private void disturb() {
        switch (random.nextInt(100)) {
            case 0 -> network.calm();
            case 1 -> network.lost = random.nextInt(30);
            case 2 -> network.twice = random.nextInt(30);
            case 3 -> network.overtaking = random.nextInt(30);
            case 4 -> network.refused = random.nextInt(50);
            case 5 -> network.delayMillisMax = random.nextInt(200);
            case 6 -> network.pages.failing = random.nextInt(100);
            case 7 -> network.pages.forgotten = random.nextInt(100);
            case 8 -> network.pages.parts.values().forEach(Map::clear);
            case 9 -> network.block(any().id, any().id, true);
            case 10, 11 -> network.disconnect(any(), any());
            case 12, 13, 14 -> network.connectAll();
            case 15 -> crash(any());
            case 16, 17, 18 -> restart(any());
            case 19 -> elect(shards.get(random.nextInt(SHARDS)));
            case 20 -> resignFormerLeaders();
            case 21 -> forget(any());
            default -> {}
        }
    }

    private void act() {
        for (int i = random.nextInt(6); i > 0; i--) {
            SimNode node = any();
            change(node, node.owner);
        }
        Shard shard = shards.get(random.nextInt(SHARDS));
        if (shard.leader != null && shard.leader.alive) {
            change(shard.leader, shard.owner);
        }
        if (random.nextInt(4) == 0) {
            barrier(any());
        }
        if (random.nextInt(STEPS) == 0) {
            SimNode node = any();
            for (int i = 0; i < 9_000 && node.alive; i++) {
                put(node, node.owner, "many/" + i, 0);
            }
        }
    }

    private void change(SimNode node, Owner owner) {
        if (!node.alive) {
            return;
        }
        String string = "s/" + random.nextInt(strings);
        if (random.nextBoolean()) {
            put(node, owner, string, random.nextInt(3));
        } else {
            node.withdraw(owner, string);
            wanted.get(owner).put(string, new Wanted(-1, ++changes));
        }
    }

    private void put(SimNode node, Owner owner, String string, int attribute) {
        node.announce(owner, string, attribute);
        wanted.get(owner).put(string, new Wanted(attribute, ++changes));
    }

    /** Another leader, or none if all are down; the former one may not know for a while. */
    private void elect(Shard shard) {
        SimNode next = any();
        if (!next.alive) {
            shard.leader = shard.leader != null && shard.leader.alive ? shard.leader : null;
            return;
        }
        shard.term++;
        shard.leader = next;
        resign(next, shard);
        next.speakFor(shard.owner, new Epoch(1, shard.term));
        shard.wanted.forEach(
                (string, want) -> {
                    if (want.attribute() >= 0) {
                        next.announce(shard.owner, string, want.attribute());
                    }
                });
        next.run(() -> next.announcers.get(shard.owner).begin());
    }

    private void resignFormerLeaders() {
        for (Shard shard : shards) {
            nodes.stream()
                    .filter(each -> !each.equals(shard.leader))
                    .forEach(each -> resign(each, shard));
        }
    }

    /** At no moment a node lacks what the shard has always wanted. */
    private static void resign(SimNode node, Shard shard) {
        if (node.alive && node.announcers.containsKey(shard.owner)) {
            node.resign(shard.owner);
            long always = shard.wanted.keySet().stream().filter(Simulation::isForAlways).count();
            long known =
                    node.applied(shard.owner).keySet().stream()
                            .filter(Simulation::isForAlways)
                            .count();
            assertEquals(always, known, () -> node.id + " has resigned from " + shard.owner);
        }
    }

    private static boolean isForAlways(String string) {
        return string.startsWith("always/");
    }

    private void crash(SimNode node) {
        if (!node.alive) {
            return;
        }
        node.crash();
        wanted.get(node.owner).clear();
    }

    private void restart(SimNode node) {
        if (node.alive) {
            return;
        }
        if (random.nextInt(10) == 0) {
            node.generation = 0; // an emptied disk
        }
        node.start();
        shards.stream()
                .filter(each -> node.equals(each.leader))
                .forEach(
                        each -> {
                            each.leader = null;
                            elect(each);
                        });
        if (random.nextBoolean()) {
            network.connectAll();
        }
    }

    private void forget(SimNode gone) {
        if (!gone.alive) {
            nodes.forEach(each -> each.run(() -> each.interest.forget(gone.owner)));
        }
    }

    private void barrier(SimNode node) {
        if (!node.alive) {
            return;
        }
        long calledAt = changes;
        long start = node.starts;
        Map<NodeId, Long> reachable = new HashMap<>();
        nodes.forEach(each -> reachable.put(each.id, network.stream(node.id, each.id)));
        Map<Owner, Integer> terms = new HashMap<>();
        terms.put(node.owner, 0);
        shards.stream()
                .filter(each -> node.equals(each.leader))
                .forEach(each -> terms.put(each.owner, each.term));
        barriersOpen++;
        Runnable completed =
                () -> {
                    barriersOpen--;
                    barriersDone++;
                    boolean restarted = !node.alive || node.starts != start;
                    for (SimNode peer : nodes) {
                        long stream = network.stream(node.id, peer.id);
                        if (!restarted && stream >= 0 && stream == reachable.get(peer.id)) {
                            terms.forEach((owner, term) -> verify(peer, owner, term, calledAt));
                        }
                    }
                };
        node.run(() -> node.interest.reachedPeers().thenRun(completed).exceptionally(this::failed));
    }

    /** What a stage swallows. */
    private @Nullable Void failed(Throwable failure) {
        failures.add(failure.toString());
        return null;
    }

    private void verify(SimNode peer, Owner owner, int term, long calledAt) {
        boolean changedHands =
                shards.stream().anyMatch(each -> each.owner.equals(owner) && each.term != term);
        if (changedHands) {
            return;
        }
        wanted.get(owner)
                .forEach(
                        (string, want) -> {
                            if (want.since() <= calledAt && isWorthALook(string)) {
                                assertEquals(
                                        expected(want),
                                        peer.applied(owner).get(string),
                                        () -> peer.id + " on " + string + " of " + owner);
                            }
                        });
    }

    /** What comes by the thousand is looked at now and then. */
    private boolean isWorthALook(String string) {
        return !string.startsWith("many/") || changes % 10 == 0;
    }

    private static @Nullable Attributes expected(Wanted want) {
        return want.attribute() < 0 ? null : SimNode.attributes(want.attribute());
    }

    private static void takenBack(SimNode node, Owner owner, String string) {
        if (isForAlways(string) && !node.announcers.containsKey(owner)) {
            throw new AssertionError(node.id + " took back " + string + " of " + owner);
        }
    }

    private void heal() {
        network.calm();
        nodes.forEach(this::restart);
        shards.stream()
                .filter(each -> each.leader == null || !each.leader.alive)
                .forEach(this::elect);
        resignFormerLeaders();
        network.connectAll();
        network.run(10_000);
        assertEquals(List.of(), failures);
    }

    private void check() {
        for (SimNode node : nodes) {
            assertTrue(node.isCaughtUp(), () -> node.id + " has not caught up: " + node.stats());
            assertEquals(0, node.stats().waitingBarriers(), "barriers that wait on " + node.id);
            assertEquals(0, node.stats().refusedMessages(), "messages refused on " + node.id);
            wanted.forEach(
                    (owner, strings) -> {
                        Map<String, Attributes> all = new HashMap<>();
                        if (!node.announcers.containsKey(owner)) {
                            strings.forEach(
                                    (string, want) -> {
                                        if (want.attribute() >= 0) {
                                            all.put(string, SimNode.attributes(want.attribute()));
                                        }
                                    });
                        }
                        assertSame(all, node.applied(owner), node.id + " about " + owner);
                    });
        }
        assertEquals(0, barriersOpen, "barriers never completed");
    }

    private static void assertSame(
            Map<String, Attributes> expected, Map<String, Attributes> found, String where) {
        Set<String> missing = new HashSet<>(expected.keySet());
        missing.removeAll(found.keySet());
        assertEquals(Set.of(), missing, "missing on " + where);
        assertEquals(expected, found, where);
    }

    private SimNode any() {
        return nodes.get(random.nextInt(nodes.size()));
    }
}
