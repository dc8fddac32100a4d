package io.carillon.cluster.ownership.founding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.ownership.Cases;
import io.carillon.cluster.ownership.Home;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Nodes that found a cluster while words are lost, late and doubled, links fail one way and both,
 * members are seen late, and nodes crash, with a seed.
 */
final class FoundingSim {
    private static final int IN_FLIGHT_MAX = 300;

    private record Word(int from, int to, Standing standing) {}

    private final RandomGenerator random;
    private final boolean disksFail;
    private final List<FoundingNode> nodes = new ArrayList<>();
    private final List<Word> inFlight = new ArrayList<>();
    private final Set<Charter> founded = new HashSet<>();

    /** Whether words get through from one to another. */
    private final boolean[][] linked;

    private long disks = 1_000;

    FoundingSim(RandomGenerator random, FoundingRules rules, int count, boolean disksFail) {
        this.random = random;
        this.disksFail = disksFail;
        linked = new boolean[count][count];
        for (int i = 0; i < count; i++) {
            nodes.add(new FoundingNode(rules, Cases.home(i, "zone-" + i % 2)));
            if (random.nextBoolean()) {
                nodes.get(i).stop();
            }
        }
        repartition();
    }

    Set<Charter> founded() {
        return founded;
    }

    List<FoundingNode> nodes() {
        return nodes;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            check();
        }
    }

    /** All come up, all see all, nothing is lost any more. */
    void heal() {
        nodes.stream().filter(node -> !node.isUp()).forEach(FoundingNode::start);
        for (boolean[] row : linked) {
            Arrays.fill(row, true);
        }
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < nodes.size(); i++) {
                see(i, nodes.stream().map(FoundingNode::home).toList());
                tell(i);
            }
            while (!inFlight.isEmpty()) {
                deliver(inFlight.removeFirst());
                check();
            }
        }
    }

    private void step() {
        int node = random.nextInt(nodes.size());
        int die = random.nextInt(100);
        if (die < 55) {
            deliverAny();
        } else if (die < 75) {
            tell(node);
        } else if (die < 88) {
            see(node, someReachable(node));
        } else if (die < 91) {
            repartition();
        } else if (die < 95) {
            nodes.get(node).stop();
        } else if (!nodes.get(node).isUp()) {
            if (disksFail && random.nextInt(10) == 0) {
                nodes.get(node).replaceDisk(disks++);
            }
            nodes.get(node).start();
        }
    }

    private void deliverAny() {
        if (inFlight.isEmpty()) {
            return;
        }
        int at = random.nextInt(inFlight.size());
        Word word = random.nextInt(10) == 0 ? inFlight.get(at) : inFlight.remove(at);
        if (random.nextInt(10) > 0 && linked[word.from()][word.to()]) {
            deliver(word);
        }
    }

    private void deliver(Word word) {
        FoundingNode to = nodes.get(word.to());
        if (to.isUp() && to.hear(word.standing())) {
            changed(word.to());
        }
    }

    private void see(int node, List<Home> members) {
        if (nodes.get(node).isUp() && nodes.get(node).see(members)) {
            changed(node);
        }
    }

    /** What changed is on disk; the node may crash before it says so. */
    private void changed(int node) {
        if (random.nextInt(20) == 0 && !allLinked()) {
            nodes.get(node).stop();
        } else {
            tell(node);
        }
    }

    private boolean allLinked() {
        for (boolean[] row : linked) {
            for (boolean each : row) {
                if (!each) {
                    return false;
                }
            }
        }
        return true;
    }

    private void tell(int from) {
        if (!nodes.get(from).isUp()) {
            return;
        }
        byte[] bytes = FoundingBytes.encode(nodes.get(from).standing());
        for (int to = 0; to < nodes.size(); to++) {
            if (to != from && linked[from][to]) {
                if (inFlight.size() == IN_FLIGHT_MAX) {
                    inFlight.remove(random.nextInt(IN_FLIGHT_MAX));
                }
                inFlight.add(new Word(from, to, FoundingBytes.decode(bytes)));
            }
        }
    }

    private List<Home> someReachable(int node) {
        List<Home> members = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (linked[i][node] && nodes.get(i).isUp() && random.nextInt(10) > 0) {
                members.add(nodes.get(i).home());
            }
        }
        return members;
    }

    private void repartition() {
        int groups = 1 + random.nextInt(3);
        int[] group = random.ints(nodes.size(), 0, groups).toArray();
        for (int from = 0; from < nodes.size(); from++) {
            for (int to = 0; to < nodes.size(); to++) {
                linked[from][to] = group[from] == group[to] && random.nextInt(12) > 0;
            }
        }
    }

    /** No disk founds two clusters; without new disks there is only one. */
    private void check() {
        for (FoundingNode node : nodes) {
            Charter charter = node.founded();
            if (charter != null && founded.add(charter)) {
                for (Charter other : founded) {
                    assertTrue(other.equals(charter) || !other.sharesFounderWith(charter));
                }
                assertTrue(disksFail || founded.size() == 1, "two clusters: " + founded);
            }
        }
    }

    void checkAllFounded() {
        assertEquals(1, founded.size());
        for (FoundingNode node : nodes) {
            assertEquals(founded.iterator().next(), node.founded(), () -> "" + node.state());
        }
    }
}
