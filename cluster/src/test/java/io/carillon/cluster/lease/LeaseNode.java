package io.carillon.cluster.lease;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A node of {@link LeaseTest}: counts on whom it is told to, and has a clock of its own. */
final class LeaseNode implements Standing {
    static final LeaseTerms TERMS = new LeaseTerms(5_000, 3_000, 250);

    final NodeId id;
    final Incarnation start;
    final ManualClock clock = new ManualClock(1_000);
    final ManualLoop loop = new ManualLoop("link", clock);
    final Map<NodeId, Incarnation> countsOn = new HashMap<>();
    final Set<NodeId> behind = new HashSet<>();
    final Lease lease;
    int lapses;
    int size = 3;

    LeaseNode(String name, long boot) {
        id = new NodeId(name);
        start = new Incarnation(new DiskId(0, name.hashCode()), boot, 17 * boot);
        countsOn.put(id, start);
        lease = on(() -> new Lease(id, loop, clock::millis, TERMS, this));
    }

    void counts(LeaseNode... on) {
        countsOn.clear();
        countsOn.put(id, start);
        for (LeaseNode each : on) {
            countsOn.put(each.id, each.start);
        }
    }

    /** A heartbeat to the other one, and its answer if it agrees. */
    void beat(LeaseNode to) {
        Said said = say();
        if (to.hears(this, said)) {
            isAnswered(to, said);
        }
    }

    record Said(long millis, long word) {}

    Said say() {
        return on(() -> new Said(lease.nowMillis(), lease.wordFor(id)));
    }

    boolean hears(LeaseNode from, Said said) {
        return on(() -> lease.agrees(from.id, from.start, said.word()));
    }

    void isAnswered(LeaseNode by, Said said) {
        run(() -> lease.agreed(by.id, said.word(), said.millis()));
    }

    void resume() {
        run(lease::resume);
    }

    long owes(LeaseNode to) {
        return on(() -> lease.owedMillis(to.id));
    }

    void passes(long millis) {
        clock.advanceMillis(millis);
        loop.runUntilIdle();
    }

    void run(Runnable task) {
        loop.execute(task);
        loop.runUntilIdle();
    }

    private <T> T on(Supplier<T> task) {
        Map<String, T> result = new HashMap<>();
        loop.execute(() -> result.put("", task.get()));
        loop.runUntilIdle();
        return result.get("");
    }

    @Override
    public View view() {
        return new View(countsOn, size);
    }

    @Override
    public boolean isLevel(NodeId node) {
        return !behind.contains(node);
    }

    @Override
    public void lapsed() {
        lapses++;
    }

    @Override
    public void changed() {}
}
