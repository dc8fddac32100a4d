package io.carillon.cluster.ownership;

import io.carillon.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A shared map whose writes and events come late, out of order, twice, or not at all. */
final class LossyView implements OwnershipView {
    private final Loop loop;
    private final RandomGenerator random;
    private final Map<Integer, byte[]> entries = new HashMap<>();
    private final List<Consumer<Ownership>> listeners = new ArrayList<>();
    private int lostPercent = 40;

    LossyView(Loop loop, RandomGenerator random) {
        this.loop = loop;
        this.random = random;
    }

    void loseNothing() {
        lostPercent = 0;
    }

    @Override
    public void put(Ownership ownership) {
        byte[] bytes = OwnershipBytes.encode(ownership);
        sometime(
                () -> {
                    entries.put(ownership.shard().number(), bytes);
                    listeners.forEach(each -> tell(each, bytes));
                });
    }

    @Override
    public void listen(Consumer<Ownership> listener) {
        listeners.add(listener);
        entries.values().forEach(bytes -> tell(listener, bytes));
    }

    private void tell(Consumer<Ownership> listener, byte[] bytes) {
        sometime(() -> listener.accept(OwnershipBytes.decode(bytes)));
    }

    private void sometime(Runnable task) {
        while (random.nextInt(100) >= lostPercent) {
            loop.schedule(random.nextInt(3_000), task);
            if (random.nextInt(4) > 0) {
                return;
            }
        }
    }
}
