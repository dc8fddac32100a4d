package io.carillon.cluster.ownership.founding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.Cases;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FoundingSimTest {
    private static final int STEPS = 400;

    /** As many nodes as found it: they agree, and all of them come to know it. */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void asManyAsFoundIt(long seed) {
        RandomGenerator random = Cases.random(seed);
        int size = 1 + random.nextInt(6);
        FoundingSim sim = new FoundingSim(random, rules(size, Set.of()), size, false);
        sim.run(STEPS);
        sim.heal();
        sim.checkAllFounded();
    }

    /** More nodes than found it, by name: the others join, and even halves can't found two. */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void namedFoundersAmongMore(long seed) {
        RandomGenerator random = Cases.random(seed);
        int size = 1 + random.nextInt(4);
        Set<NodeId> founders = new HashSet<>();
        for (int i = 0; i < size; i++) {
            founders.add(Cases.node(2 * i));
        }
        FoundingSim sim = new FoundingSim(random, rules(size, founders), 2 * size + 1, false);
        sim.run(STEPS);
        sim.heal();
        sim.checkAllFounded();
    }

    /**
     * More nodes than found it, less than twice as many: they never found two clusters. Two
     * foundings may meet that neither can complete; then all say so.
     */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void moreThanFoundIt(long seed) {
        RandomGenerator random = Cases.random(seed);
        int size = 2 + random.nextInt(3);
        int nodes = size + 1 + random.nextInt(size - 1);
        FoundingSim sim = new FoundingSim(random, rules(size, Set.of()), nodes, false);
        sim.run(STEPS);
        sim.heal();
        if (!sim.founded().isEmpty()) {
            sim.checkAllFounded();
        } else {
            assertTrue(
                    sim.nodes().stream()
                            .anyMatch(node -> node.state().toString().contains("two foundings")),
                    () -> sim.nodes().stream().map(FoundingNode::state).toList().toString());
        }
    }

    /** Disks are replaced: no disk is ever a founder of two clusters. */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void withDisksThatFail(long seed) {
        RandomGenerator random = Cases.random(seed);
        int size = 2 + random.nextInt(3);
        FoundingSim sim = new FoundingSim(random, rules(size, Set.of()), size, true);
        sim.run(STEPS);
        sim.heal();
    }

    private static FoundingRules rules(int size, Set<NodeId> founders) {
        return new FoundingRules("test", size, 4, 3, founders);
    }
}
